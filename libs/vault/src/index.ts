export { BadDestroyedKeys, type DestroyedKey, listWasLost } from './destroyed-keys.js';
export { KeysInLog } from './keys-in-log.js';
export { BadVaultKey, type MasterKey, masterKeyOf } from './master-key.js';
export { rotateMasterKey, type Rotation } from './rotation.js';
export { VAULT_FILE, VAULT_STORE } from './schema.js';
export { DamagedVault } from './sealing.js';
export { destroyedKeysOf, type Held, type SubjectDocument, Vault, type VaultOptions } from './vault.js';
