export * from './draft.js';
export { type DraftsWanted, type DraftStore, type NumberedDraft, openDrafts } from './draft-store.js';
export { DRAFTS_FILE } from './schema.js';
export * from './steps.js';
