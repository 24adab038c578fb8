export { BadConfiguration } from './bad-configuration.js';
export { type ClusterSettings, clusterSettings, refuseClusterSettings } from './cluster-settings.js';
export { ledgerName } from './ledger-name.js';
export { oneOf } from './one-of.js';
export { type Profile, profileOf } from './profile.js';
export { secretIn, secretSetting } from './secret-setting.js';
