import { randomUUID } from 'node:crypto';
import { households, householdAggregate, Turns } from '@ledger/commands';
import {
  DisclosePersonalData,
  EnterPersonalData,
  ExportPersonalData,
  type FieldsOf,
  fingerprintOf,
  type Household,
  type HouseholdCommand,
  householdStream,
  type LocalDate,
  type PersonalDataDisclosed,
  type PersonalDataPart,
  personalDataParts,
  purposesFor,
  readFact,
  refuseChangedSince,
  Refusal,
} from '@ledger/domain';
import type { SubjectDocument } from '@ledger/vault';
import { Inject, Injectable } from '@nestjs/common';
import { sightOfHouseholds } from '../access/households-in-sight.js';
import { type Permit, permitOf, rolesAt } from '../access/permit.js';
import { note } from '../boot/logging.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import type { Asking } from '../write/asked.js';
import { answersReceipt } from '../write/receipts.js';
import { type ReceiptBody, Recording } from '../write/recording.js';
import { completeErasure, destroyedBy, type ErasingCommand } from './complete-erasures.js';
import { fieldsOf } from './masking.js';

export interface Entry {
  readonly part: PersonalDataPart;
  readonly document: SubjectDocument;
  readonly residentIds: readonly { readonly number: string; readonly field: string }[];
  readonly retainUntil?: LocalDate;
  /** Whether it takes the place of what is held. */
  readonly corrects: boolean;
}

export type Documents = Readonly<Partial<Record<PersonalDataPart, SubjectDocument>>>;

const PARTS = Object.keys(personalDataParts) as PersonalDataPart[];

/**
 * The people behind the pseudonyms. What is done to one household is done in turn, in whichever process, and on record before it is done to
 * the vault; only what is destroyed is destroyed first, because that cannot be undone and a record of it can be made up for.
 */
@Injectable()
export class Subjects {
  readonly #turns = new Turns();

  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(Recording) private readonly recording: Recording,
  ) {}

  /** Refuses a household that the reader may not see as one that there is not. */
  async visible(id: string, permit: Permit): Promise<Household> {
    const household = await this.runtime.handling.stateOf(households, householdStream(id));
    const { registered } = household;
    if (registered === undefined || !this.#sees(id, registered.village, permit)) {
      throw new Refusal('HOUSEHOLD_UNKNOWN', { household: id }, 'id');
    }
    return household;
  }

  /** What is held of it now, by parts. */
  held(id: string, { held }: Household): Documents {
    const { vault } = this.runtime;
    const found = PARTS.flatMap((part) => {
      const keyId = held?.get(part)?.keyId;
      const document = keyId === undefined ? undefined : vault.read(id, part, keyId);
      return document === undefined ? [] : [[part, document] as const];
    });
    return Object.fromEntries(found);
  }

  enter(id: string, entry: Entry, asking: Asking): Promise<ReceiptBody> {
    const { part, document, residentIds, retainUntil, corrects } = entry;
    const permit = permitOf(asking.reply.request);
    return this.#turn(id, async (stillAlone) => {
      const { vault, handling, log } = this.runtime;
      const { context } = asking;
      // Before anything is looked up: a vault that is sealed takes nothing of anybody.
      const asked = fingerprintOf('EnterPersonalData', { household: id, part, document, corrects });
      const fingerprint = vault.fingerprint(asked);
      await this.visible(id, permit);
      const again = (await log.receiptOf(context.commandId)) !== undefined;
      if (!again) await this.#refuseDestroyed(id, part);
      for (const { number, field } of residentIds) await this.#refuseDuplicate(number, field, id, permit);
      // Of no request: the same one, after its key was destroyed and the log is of before, must not ask for that again.
      const said = { household: id, part, newKeyId: randomUUID(), corrects };
      const retention = retainUntil === undefined ? {} : { retainUntil };
      const command = Object.assign(new EnterPersonalData(), { ...said, fields: fieldsOf(document), ...retention });
      const receipt = await this.#recorded(command, {}, { ...asking, context: { ...context, fingerprint } });
      const { revision } = receipt;
      // A retry of what was erased or corrected since brings nothing back; one that a crash cut off is completed.
      if (again && vault.hasReached(id, part, revision)) return receipt;
      const held = (await handling.stateOf(households, householdStream(id))).held?.get(part);
      if (held === undefined || (again && vault.isDestroyed(held.keyId))) return receipt;
      // What somebody has entered since, in another process, is not written over: who tries again sees that.
      stillAlone();
      vault.put({
        household: id,
        part,
        keyId: held.keyId,
        document,
        residentIds: residentIds.map(({ number }) => number),
        revision,
      });
      return receipt;
    });
  }

  /** On record first; decided anew for a retry too, which might show what has been restricted since. */
  disclose(
    id: string,
    command: DisclosePersonalData,
    asking: Asking,
  ): Promise<{ receipt: ReceiptBody; document: SubjectDocument }> {
    const permit = permitOf(asking.reply.request);
    const { scopes } = this.runtime.views;
    return this.#turn(id, async () => {
      const household = await this.visible(id, permit);
      const roles = rolesAt(permit, scopes.placeOf(household.registered?.village ?? ''), scopes);
      const document = this.held(id, household)[command.part];
      const fields = document === undefined ? [] : fieldsOf(document);
      const path = { household: id, fields, allowed: purposesFor(command.part, roles) };
      await this.#foresee(command, path, asking);
      if (document === undefined) {
        throw new Refusal('PERSONAL_DATA_UNKNOWN', { household: id, part: command.part }, 'part');
      }
      await this.#refuseChanged({ [command.part]: fields }, household, id, asking);
      return { receipt: await this.#recorded(command, path, asking), document };
    });
  }

  /** Everything that is held, for the people whose it is. */
  export(
    id: string,
    command: ExportPersonalData,
    asking: Asking,
  ): Promise<{ receipt: ReceiptBody; documents: Documents }> {
    return this.#turn(id, async () => {
      const household = await this.visible(id, permitOf(asking.reply.request));
      const documents = this.held(id, household);
      const fields = Object.entries(documents).map(([part, document]) => [part, fieldsOf(document)]);
      const path = { household: id, fieldsOf: Object.fromEntries(fields) as ExportPersonalData['fieldsOf'] };
      await this.#foresee(command, path, asking);
      await this.#refuseChanged(path.fieldsOf, household, id, asking);
      return { receipt: await this.#recorded(command, path, asking), documents };
    });
  }

  /** The list of destroyed keys, the key, the fact: in this order, so that a crash leaves nothing that is not completed. */
  erase(id: string, command: ErasingCommand, asking: Asking): Promise<ReceiptBody> {
    return this.#turn(id, async () => {
      const { vault, log } = this.runtime;
      await this.visible(id, permitOf(asking.reply.request));
      const path = { household: id };
      const again = (await log.receiptOf(asking.context.commandId)) !== undefined;
      const facts = again ? [] : await this.#foresee(command, path, asking);
      const destroys = facts.find(({ type }) => type === 'SubjectKeyDestroyed');
      const { keyId, part, basis } = { ...destroys?.data } as Record<string, string>;
      const key =
        keyId === undefined || part === undefined || basis === undefined
          ? undefined
          : destroyedBy(command, { keyId, household: id, part, basis });
      if (key !== undefined) await vault.destroy(key);
      const receipt = await this.#recorded(command, path, asking);
      if (key !== undefined) vault.setRecorded(key, receipt.revision);
      return receipt;
    });
  }

  #turn<T>(id: string, work: (stillAlone: () => void) => Promise<T>): Promise<T> {
    return this.#turns.take(id, () => this.runtime.vault.alone(id, work));
  }

  /** People go with their village to where it is today. */
  #sees(household: string, village: string, permit: Permit): boolean {
    return sightOfHouseholds(permit, this.runtime.views.scopes)(household, village);
  }

  async #foresee<C extends HouseholdCommand>(command: C, path: Partial<C>, { context }: Asking) {
    return this.runtime.handling.preview(householdAggregate, Object.assign(command, path, { context }));
  }

  async #recorded<C extends HouseholdCommand>(
    command: C,
    path: Partial<C>,
    { context, reply }: Asking,
  ): Promise<ReceiptBody> {
    note(reply.request, { commandId: context.commandId });
    const { receipt, replayed } = await this.recording.of(Object.assign(command, path, { context }));
    answersReceipt(reply, receipt, replayed);
    return receipt;
  }

  /** What is shown to a retry must be what its record names, too. */
  async #refuseChanged(now: FieldsOf, household: Household, id: string, { context }: Asking): Promise<void> {
    const { log } = this.runtime;
    const known = await log.receiptOf(context.commandId);
    // Of another request, it is refused as that.
    if (known?.fingerprint !== context.fingerprint) return;
    const { revision, facts } = known.receipt;
    const recorded = await log.readStream(householdStream(id), revision + 1 - facts.length, facts.length);
    const fields = recorded.map(({ fact }) => {
      const { part, fields: names } = readFact(fact).data as PersonalDataDisclosed['data'];
      return [part, names] as const;
    });
    refuseChangedSince({ revision, fieldsOf: Object.fromEntries(fields) }, now, household, id);
  }

  /**
   * A log of before an erasure still says that something is held, under a key that is gone. The erasure is recorded then,
   * so that what is entered gets a key that lives; where that is not possible, nothing is taken.
   */
  async #refuseDestroyed(household: string, part: PersonalDataPart): Promise<void> {
    const { vault, handling } = this.runtime;
    const keyHeld = async (): Promise<string | undefined> =>
      (await handling.stateOf(households, householdStream(household))).held?.get(part)?.keyId;
    const before = await keyHeld();
    if (before === undefined || !vault.isDestroyed(before)) return;
    const listed = vault.destroyedKey(before);
    if (listed !== undefined) await completeErasure(listed, vault, handling);
    if ((await keyHeld()) === before) throw new Refusal('PERSONAL_DATA_UNKNOWN', { household, part }, 'part');
  }

  /** A person stands in one household; one that the asker may not see is told to nobody by way of an error. */
  async #refuseDuplicate(residentId: string, field: string, own: string, permit: Permit): Promise<void> {
    for (const other of this.runtime.vault.householdsOf(residentId)) {
      if (other === own) continue;
      const { registered } = await this.runtime.handling.stateOf(households, householdStream(other));
      if (registered !== undefined && this.#sees(other, registered.village, permit)) {
        throw new Refusal('HOUSEHOLD_DUPLICATE', { household: other }, field);
      }
    }
  }
}
