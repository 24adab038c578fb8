export { BadConfiguration } from './bad-configuration.js';
export {
  type ClusterSettings,
  clusterSettings,
  databaseSetting,
  eventStoreSetting,
  refuseClusterSettings,
  shardsSetting,
} from './cluster-settings.js';
export { ANYWHERE, LOOPBACK } from './hosts.js';
export { ledgerName } from './ledger-name.js';
export { oneOf } from './one-of.js';
export { portSetting } from './port-setting.js';
export { type Profile, profileOf } from './profile.js';
export { secretIn, secretSetting } from './secret-setting.js';
