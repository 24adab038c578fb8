import { type AttachmentStore, openAttachments } from '@ledger/attachments';
import { type BookingsRun, type CommandHandling, type LedgerOrigin, ledgerOrigin } from '@ledger/commands';
import { Refusal } from '@ledger/domain';
import { type DraftStore, openDrafts } from '@ledger/drafts';
import { type EventLog, headWithin, type Probe } from '@ledger/eventlog';
import { type Identity, type OidcLogin, openIdentity, openIdProvider } from '@ledger/identity';
import type { ReadModel } from '@ledger/readmodel';
import { handlingFor, observedLog, type Observer } from '@ledger/telemetry';
import { listWasLost, Vault } from '@ledger/vault';
import { completeErasures } from '../personal-data/complete-erasures.js';
import { destroyForgotten } from '../personal-data/forgotten-erasures.js';
import type { Config } from './config.js';
import { embeddedGround } from './embedded-ground.js';
import type { Ground, ViewsStanding } from './ground.js';

const ANSWER_WITHIN_MS = 2_000;

export const CONFIG = Symbol('CONFIG');
export const RUNTIME = Symbol('RUNTIME');
export const READ_MODEL = Symbol('READ_MODEL');

/** What one process holds open, and what runs in it. */
export interface Runtime {
  readonly log: EventLog;
  readonly origin: LedgerOrigin;
  readonly handling: CommandHandling;
  readonly attachments: AttachmentStore;
  readonly drafts: DraftStore;
  readonly identity: Identity;
  /** Only where an identity provider is configured. */
  readonly oidc?: OidcLogin;
  /** The people behind the pseudonyms. */
  readonly vault: Vault;
  readonly projector: ViewsStanding;
  readonly views: ReadModel;
  /** What books by itself: the shares of joint projects, and what assets ask of their books. In a cluster others do. */
  readonly bookings?: Pick<BookingsRun, 'position' | 'untold'>;
  close(): Promise<void>;
}

type Opening = Pick<
  Config,
  'cluster' | 'directory' | 'name' | 'demo' | 'attachmentLimitBytes' | 'oidc' | 'vaultKey' | 'destroyedKeys'
>;

export async function openRuntime(
  config: Opening,
  onFailure: (failure: string) => void,
  { probe, observer }: { probe?: Probe | undefined; observer?: Observer | undefined } = {},
): Promise<Runtime> {
  const ground = await groundOf(config, onFailure, probe);
  try {
    return await runtimeOn(ground, config, { onFailure, observer });
  } catch (error) {
    // A process that cannot go on must not hold its connections, and with them itself.
    await ground.close().catch(() => undefined);
    throw error;
  }
}

async function groundOf(config: Opening, onFailure: (failure: string) => void, probe?: Probe): Promise<Ground> {
  const { cluster, directory, name } = config;
  if (cluster === undefined) return embeddedGround(directory, onFailure, probe);
  // What a cluster needs is loaded only in one.
  const { clusterGround } = await import('./cluster-ground.js');
  return clusterGround(cluster, name, onFailure);
}

async function runtimeOn(
  ground: Ground,
  config: Opening,
  { onFailure, observer }: { onFailure: (failure: string) => void; observer: Observer | undefined },
): Promise<Runtime> {
  const { stores } = ground;
  const log = observedLog(ground.log, observer);
  const attachments = openAttachments(config.directory, {
    limitBytes: config.attachmentLimitBytes,
    isShared: config.cluster !== undefined,
  });
  const drafts = openDrafts(stores);
  const origin = await ledgerOrigin(log, { name: config.name, demo: config.demo });
  const now = () => log.now();
  const identity = openIdentity(stores, {
    now,
    onError: (error) => onFailure(`the record of access waits to be written: ${String(error)}`),
  });
  const oidc =
    config.oidc &&
    openIdProvider(config.oidc, {
      now,
      onError: (reason) => onFailure(`identity provider: ${reason}`),
      flows: identity.flows,
    });
  const { destroyedKeys } = config;
  const vault = new Vault(stores, { masterKey: config.vaultKey, destroyedKeys });
  const sealed = vault.sealed();
  if (sealed !== undefined) onFailure(inBothLanguages(new Refusal('VAULT_SEALED', { why: sealed })));
  const opened = await ground.openViews();
  const { views, projector } = opened;
  const handling = handlingFor(observer, log, origin, attachments, ground.alone);
  const forgotten = await destroyForgotten(vault, log);
  if (forgotten.length > 0) onFailure(listWasLost(destroyedKeys, forgotten.length));
  await completeErasures(vault, handling);
  projector.wake();
  const bookings = await ground.startBookings?.(handling, () => projector.wake());
  const close = async (): Promise<void> =>
    inTurn(
      async () => bookings?.stop(),
      async () => opened.close(),
      async () => identity.close(),
      async () => drafts.close(),
      async () => keepCompared(vault, log, onFailure),
      async () => vault.close(),
      async () => ground.close(),
    );
  const beside = { attachments, drafts, vault, identity, ...(oidc && { oidc }), ...(bookings && { bookings }) };
  return { log, origin, handling, ...beside, projector, views, close };
}

/** Each of them, whatever becomes of those before it; rejects with the first that failed. */
async function inTurn(...steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Saves the next start some looking; a store that is away must not keep this process from ending. */
async function keepCompared(vault: Vault, log: EventLog, onFailure: (failure: string) => void): Promise<void> {
  try {
    const head = await headWithin(log, ANSWER_WITHIN_MS);
    if (head !== undefined) vault.setCompared(head);
  } catch (error) {
    onFailure(`the next start looks through the log for destroyed keys: ${String(error)}`);
  }
}

function inBothLanguages({ messageZh, messageEn }: Refusal): string {
  return `${messageZh} ${messageEn}`;
}
