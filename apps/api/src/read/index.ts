import { AssetReads } from './assets.controller.js';
import { BookReads } from './books.controller.js';
import { CloseReads } from './closes.controller.js';
import { DivisionReads } from './divisions.controller.js';
import { EventReads } from './events.controller.js';
import { FeedReads } from './feed.controller.js';
import { HandoverReads } from './handovers.controller.js';
import { HouseholdLists } from './household-lists.controller.js';
import { HouseholdReads } from './households.controller.js';
import { IndicatorReads } from './indicators.controller.js';
import { IncomeReads } from './income.controller.js';
import { OrganizationReads } from './organizations.controller.js';
import { PlaceProjectReads } from './place-projects.controller.js';
import { ProjectLists } from './project-lists.controller.js';
import { ProjectReads } from './projects.controller.js';
import { ShareReads } from './shares.controller.js';

export const readControllers = [
  DivisionReads,
  OrganizationReads,
  BookReads,
  CloseReads,
  EventReads,
  FeedReads,
  HandoverReads,
  HouseholdReads,
  HouseholdLists,
  IndicatorReads,
  ProjectReads,
  ProjectLists,
  PlaceProjectReads,
  ShareReads,
  AssetReads,
  IncomeReads,
];
