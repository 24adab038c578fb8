export * from './attachment-store.js';
export { openAttachments } from './file-store.js';
export { extensionOf, mediaTypes } from './media-types.js';
export type { Uploads } from './uploads.js';
