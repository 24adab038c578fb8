export type { LinkTo } from './monthly-income/columns.js';
export { entriesPage } from './monthly-income/entries-page.js';
export { pageStyleSources } from './html-page.js';
export type { EntriesAsked, EntryNames, ListedEntries, ListedEntry } from './monthly-income/listed-entries.js';
export { packEntry, type PackEntry, packIndex } from './monthly-income/pack-index.js';
export { renderIncomeReport, reportFileNames, type ReportFormat, reportFormats } from './monthly-income/render.js';
export { voucherPage } from './voucher/page.js';
export type { LinkedVoucher, Named, PrintedLine, PrintedVoucher } from './voucher/printed-voucher.js';
export type { WriteWorkbook, Workbook } from './workbook.js';
