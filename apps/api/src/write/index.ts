import { AssetWrites } from './assets.controller.js';
import { BookWrites } from './books.controller.js';
import { CloseWrites } from './closes.controller.js';
import { DivisionWrites } from './divisions.controller.js';
import { EntryWrites } from './entries.controller.js';
import { HandoverWrites } from './handovers.controller.js';
import { HouseholdWrites } from './households.controller.js';
import { IndicatorWrites } from './indicators.controller.js';
import { OrganizationWrites } from './organizations.controller.js';
import { ProjectRecordWrites } from './project-records.controller.js';
import { ProjectWrites } from './projects.controller.js';
import { SettlementWrites } from './settlements.controller.js';

export const writeControllers = [
  DivisionWrites,
  OrganizationWrites,
  BookWrites,
  EntryWrites,
  CloseWrites,
  HandoverWrites,
  HouseholdWrites,
  IndicatorWrites,
  ProjectWrites,
  ProjectRecordWrites,
  SettlementWrites,
  AssetWrites,
];
