// One of several processes that write to the same stores at once: does one kind of thing many times, and says what came of it.
import { type Draft, openDrafts, withdrawn } from '@ledger/drafts';
import { Refusal } from '@ledger/domain';
import { firstAdministrator, openIdentity } from '@ledger/identity';
import { openSharedStores } from '@ledger/private-database';
import { draftOf, SUBMITTED_AT } from './drafts.js';
import { quickDerive } from './quick-derive.js';

const { DATABASE_URL = '', NAME = '', DOES = '', TIMES = '1' } = process.env;
const times = Array.from({ length: Number(TIMES) }, (_, n) => n);

const place = await openSharedStores(DATABASE_URL);
const drafts = openDrafts(place);
const identity = openIdentity(place, {
  now: () => Date.parse(SUBMITTED_AT),
  onError: (error) => console.error(error),
  derive: quickDerive().derive,
});

const deeds: Readonly<Record<string, () => unknown>> = {
  begins: () => firstAdministrator(identity),
  guesses: async () => {
    let counted = 0;
    for (const n of times) {
      const asked = { address: `${NAME}-${n}`, operation: 'logIn' };
      counted += await identity.logIn('clerk-1', 'wrong', asked).then(
        () => 0,
        (error: unknown) => (error instanceof Refusal && error.code === 'LOGIN_FAILED' ? 1 : 0),
      );
    }
    return counted;
  },
  records: () => {
    for (const n of times) {
      identity.record.add({ account: NAME, address: `${n}`, operation: 'o', what: 'denied' });
      // As a second later: in small transactions, one after another.
      identity.record.before(1, 1);
    }
  },
  adds: () => times.map((n) => won(() => drafts.add(draftOf(`draft-${n}`), { version: 1, body: {} }, NAME))),
  withdraws: () =>
    times.map((n) => {
      const before = drafts.find(`draft-${n}`) as Draft;
      const next = withdrawn(draftOf(`draft-${n}`), { by: 'clerk-1', at: SUBMITTED_AT });
      return before.status === 'SUBMITTED' && won(() => drafts.replace(before, { ...next, summary: NAME }));
    }),
};

function won(deed: () => void): boolean {
  try {
    deed();
    return true;
  } catch {
    return false;
  }
}

const came = await deeds[DOES]?.();
identity.close();
drafts.close();
place.close();
process.stdout.write(JSON.stringify(came ?? null));
