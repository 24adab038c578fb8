export * from './draft.js';
export { DraftChanged } from './draft-changed.js';
export type { DraftsWanted, NumberedDraft } from './draft-pages.js';
export { type DraftStore, openDrafts } from './draft-store.js';
export { DRAFTS_FILE, DRAFTS_STORE } from './schema.js';
export * from './steps.js';
