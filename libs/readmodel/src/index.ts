export type { Progress } from './add-up.js';
export { dropGenerationsBefore, generationsIn, RebuildUnderWay, viewsFile } from './generations.js';
export { type Granted, GrantedScopes } from './granted-scopes.js';
export { HistoryRows } from './history-rows.js';
export { followGenerations, type LiveViews } from './live-views.js';
export { ViewsReached } from './views-reached.js';
export { openProjector } from './open-projector.js';
export { Projector, type ViewsWriter } from './projector.js';
export { type Connection, connected } from './postgres/connection.js';
export { type Leadership, standBy, type Task } from './postgres/leadership.js';
export {
  dropGenerationsBefore as dropPostgresGenerationsBefore,
  enterGeneration,
  generationsIn as postgresGenerations,
  schemaOf,
} from './postgres/postgres-generations.js';
export { type FollowedViews, followPostgresViews } from './postgres/follow-postgres-views.js';
export { openPostgresReadModel, type PostgresReadOptions } from './postgres/open-postgres-read-model.js';
export { Overtaken, PostgresProjector } from './postgres/postgres-projector.js';
export { buildPostgresGeneration, openPostgresProjector } from './postgres/postgres-rebuild.js';
export { type PostgresProjectorOptions, runPostgresProjector } from './postgres/run-postgres-projector.js';
export { opensThing, type Shard, shardAt, thingOf } from './postgres/shard.js';
export { ViewsBehind } from './question.js';
export { openReadModel } from './open-read-model.js';
export { ReadModel } from './read-model.js';
export type { BookSelection, RolledUpBalance } from './question.js';
export { buildGeneration, rebuild } from './rebuild.js';
export { type ProjectorRun, runProjector } from './run-projector.js';
export { everything, type Scope } from './scope.js';
export { historyTables } from './sqlite/sqlite-tables.js';
export { SqliteStatements } from './sqlite/sqlite-statements.js';
export { SqliteThings } from './sqlite/sqlite-things.js';
export type { ReadableLog } from './views-file.js';
export type { AssetRow, AssetTotal } from './reads/assets.js';
export type { At } from './reads/at.js';
export type { BalanceRow } from './reads/balances.js';
export type { BookRow, KeptBookRow, StandardRow } from './reads/books.js';
export { Histories, type HistoryQuestion, type HistoryRow } from './reads/histories.js';
export type { EntriesQuestion, EntryPlace, IncomeEntryRow } from './reads/income-entries.js';
export { MonthlyIncomes, REPORT_VIEWS, type ReportQuestion } from './reads/monthly-income.js';
export type { CountsOf, ProductSalesRow, ProjectCountRow, SaleRow } from './reads/project-figures.js';
export { projectInSight, projectsInSight } from './reads/project-in-sight.js';
export type { ReadingQuestion, ReadingRow } from './reads/readings.js';
export type { DivisionRow } from './reads/tree-of-day.js';
export type { HandoverRow } from './reads/handovers.js';
export type { AccountRow, OrganizationRow, PeriodCloseRow, YearCloseRow } from './reads/registers.js';
export type { TrialBalanceRow } from './reads/trial-balance.js';
export type { Basis, CorrectionRow, TurnoverQuestion, TurnoverRow } from './reads/turnovers.js';
export { voucherFact, type VoucherRow } from './reads/vouchers.js';
