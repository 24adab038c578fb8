export * from './access/book-keepers.js';
export * from './access/commands.js';
export * from './access/decide.js';
export * from './access/grants.js';
export * from './access/roles.js';
export * from './access/sight.js';
export * from './asset/assets.js';
export * from './asset/commands.js';
export * from './asset/decide.js';
export * from './asset/facts.js';
export * from './asset/kinds.js';
export * from './asset/setting.js';
export * from './book.js';
export * from './book-accounts.js';
export * from './checks.js';
export * from './command.js';
export * from './credit-code.js';
export * from './division/commands.js';
export * from './division/decide.js';
export * from './division/facts.js';
export * from './division/in-sight.js';
export * from './division-code.js';
export * from './division-tree.js';
export * from './fact.js';
export * from './fact-size.js';
export * from './fact-versions.js';
export * from './handover.js';
export * from './household/categories.js';
export * from './household/changed-since.js';
export * from './household/commands.js';
export * from './household/consent.js';
export * from './household/decide.js';
export * from './household/facts.js';
export * from './household/household.js';
export * from './identity.js';
export * from './indicator/commands.js';
export * from './indicator/indicator.js';
export * from './indicator/measures.js';
export * from './indicator/qualifiers.js';
export * from './indicator/ratio.js';
export * from './indicator/scope.js';
export { entryOf } from './ledger-year/booking.js';
export * from './ledger-year/commands.js';
export * from './ledger-year/decide.js';
export * from './ledger-year/detailed-balances.js';
export * from './ledger-year/facts.js';
export * from './ledger-year/periods.js';
export * from './ledger-year/setting.js';
export * from './ledger-year/year.js';
export * from './local-date.js';
export * from './masks.js';
export * from './money.js';
export * from './organization.js';
export * from './origin.js';
export * from './personal-data.js';
export * from './project/allocation.js';
export * from './project/categories.js';
export * from './project/category.js';
export * from './project/commands.js';
export * from './project/decide.js';
export * from './project/decide-settlement.js';
export * from './project/evolve.js';
export * from './project/facts.js';
export {
  emptyProject,
  participantsOn,
  type Project,
  projectStream,
  type ProposedProject,
  proposedProject,
  type RecordKind,
  type Scheme,
} from './project/project.js';
export * from './project/record-commands.js';
export type { ProjectSetting } from './project/setting.js';
export { PROJECT_STEPS, type ProjectStatus, statusOn, type StepName } from './project/statuses.js';
export { openOn, type Span, type Turns } from './project/turns.js';
export { schemeOn } from './project/villages.js';
export * from './project/setting.js';
export * from './project/settled.js';
export * from './project/settlement-commands.js';
export * from './project/settlement-facts.js';
export * from './project/statuses.js';
export * from './project/turns.js';
export * from './project/villages.js';
export { recordKindOf } from './project/withdrawals.js';
export * from './refusal.js';
export * from './refusal-catalogue.js';
export { accessRefusals, type Reach } from './refusals/access.js';
export { accountRefusals, type PasswordFault } from './refusals/accounts.js';
export { draftRefusals } from './refusals/drafts.js';
export { handoverRefusals } from './refusals/handovers.js';
export * from './refusals/personal-data.js';
export * from './resident-id.js';
export * from './rules.js';
export * from './signatures.js';
export * from './small-counts.js';
