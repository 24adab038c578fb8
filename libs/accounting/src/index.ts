export * from './chart.js';
export * from './charts.js';
export * from './line.js';
export * from './posting-rules.js';
export * from './year-end.js';
