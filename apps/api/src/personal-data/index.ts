import { ConsentController } from './consent.controller.js';
import { DisclosureController } from './disclosure.controller.js';
import { PersonalDataController } from './personal-data.controller.js';

export const personalDataControllers = [ConsentController, PersonalDataController, DisclosureController];
