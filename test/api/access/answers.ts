import type { LedgerWithAccounts } from '../../support/ledger-with-accounts.js';
import type { Cell } from './cells.js';
import type { Place } from './places.js';
import { type Asked, type Asking, requests, type Target } from './requests/index.js';

export interface Wanted {
  readonly set: LedgerWithAccounts;
  readonly operation: string;
  readonly account: string;
  readonly place: Place;
  /** Ids that nothing has: what is hidden answers as they do. */
  readonly nowhere: Place;
  /** What is expected: what is to succeed is asked about things that it may use up. */
  readonly cell: Cell;
}

export interface Answered {
  /** The cell that the answer comes to, or why it comes to none. */
  readonly is: string;
  readonly status: number;
  readonly text: string;
}

/** Sends the request of an operation and says which cell of the matrix its answer is. */
export async function answerTo({ set, operation, account, place, nowhere, cell }: Wanted): Promise<Answered> {
  const request = requests[operation];
  if (request === undefined) return { is: 'no request', status: 0, text: operation };
  const by: Asking = { account, as: set.as(account), sessions: set.sessionsOf(account) };
  const fresh = cell === 'allow' ? await request.fresh?.(set, place, by) : undefined;
  const target: Target = { ...place, ...fresh };
  const { status, text } = await send(set, account, request.of(target, by));
  const answer = { status, text };
  // The answer to HEAD has no text; no other refusal of it is a 403.
  if (status === 403 && (text === '' || text.includes('ROLE_NOT_ALLOWED'))) return { is: 'deny', ...answer };
  if (status >= 200 && status < 300) {
    if (cell === 'filtered') return { is: tellsOf(text, place) ? 'not filtered' : 'filtered', ...answer };
    if (cell !== 'hidden') return { is: 'allow', ...answer };
  }
  if (cell !== 'hidden') return { is: 'refused', ...answer };
  const absent = await send(set, account, request.of(nowhere, by));
  const same = absent.status === status && named(absent.text, nowhere) === named(text, place);
  return {
    is: same ? 'hidden' : `told from what is absent (${absent.status} ${absent.text.slice(0, 300)})`,
    ...answer,
  };
}

async function send({ ledger, as }: LedgerWithAccounts, account: string, asked: Asked) {
  const { method = asked.body === undefined ? 'GET' : 'POST', path, body } = asked;
  const own = { ...as(account).headers, ...asked.headers };
  if (method === 'PUT') return ledger.put(path, body as Buffer, own);
  if (method === 'POST') return ledger.post(path, body ?? {}, own);
  return read(`${ledger.url}/api/v1${path}`, method, own);
}

/** A feed goes on for ever: what it has to tell of the past comes first, and is enough. */
async function read(url: string, method: string, headers: Record<string, string>) {
  const end = new AbortController();
  const response = await fetch(url, { method, headers, signal: end.signal });
  if (response.headers.get('content-type') !== 'text/event-stream') {
    return { status: response.status, text: await response.text() };
  }
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let quiet = setTimeout(() => end.abort(), 300); ; quiet = setTimeout(() => end.abort(), 300)) {
    const chunk = await reader?.read().catch(() => undefined);
    clearTimeout(quiet);
    if (chunk === undefined || chunk.done) return { status: response.status, text };
    text += chunk.value;
  }
}

/** The ids of a place by the names of what they are of, the longest first: a card's begins with that of its book. */
function named(text: string, place: Place): string {
  const ids = Object.entries(place).toSorted(([, a], [, b]) => b.length - a.length);
  return ids.reduce((said, [name, id]) => said.replaceAll(id, `<${name}>`), text);
}

function tellsOf(text: string, place: Place): boolean {
  return Object.values(place).some((id) => text.includes(id));
}
