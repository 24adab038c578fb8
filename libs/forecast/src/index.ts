export * from './seasonal-naive.js';
