export * from './asset-postings.js';
export * from './chart.js';
export * from './charts.js';
export * from './conversion.js';
export * from './depreciation.js';
export * from './line.js';
export * from './posting-rules.js';
export * from './year-end.js';
