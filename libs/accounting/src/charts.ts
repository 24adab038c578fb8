import type { Chart, ChartId } from './chart.js';
import { ruralCollective2024 } from './charts/rural-collective-2024.js';
import { village2004 } from './charts/village-2004.js';

export const charts: Readonly<Record<ChartId, Chart>> = {
  'rural-collective-2024': ruralCollective2024,
  'village-2004': village2004,
};
