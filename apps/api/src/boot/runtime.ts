import { type AttachmentStore, openAttachments } from '@ledger/attachments';
import { type BookingsRun, CommandHandling, type LedgerOrigin, ledgerOrigin } from '@ledger/commands';
import { Refusal } from '@ledger/domain';
import { type DraftStore, openDrafts } from '@ledger/drafts';
import { type EventLog, openSqliteLog, type Probe } from '@ledger/eventlog';
import { type Identity, type OidcLogin, openIdentity, openIdProvider } from '@ledger/identity';
import { startBookings } from './bookings.js';
import { listWasLost, Vault } from '@ledger/vault';
import { completeErasures } from '../personal-data/complete-erasures.js';
import { destroyForgotten } from '../personal-data/forgotten-erasures.js';
import type { Config } from './config.js';
import { followGenerations, type ReadModel } from '@ledger/readmodel';
import { ProjectorThread } from './projector-thread.js';

export const CONFIG = Symbol('CONFIG');
const VIEWS_READY_MS = 30 * 60_000;

export const RUNTIME = Symbol('RUNTIME');
export const READ_MODEL = Symbol('READ_MODEL');

/** What one process of the embedded profile holds open, and what runs in it. */
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
  readonly projector: Pick<ProjectorThread, 'checkpoint' | 'generation' | 'failure' | 'reached' | 'wake'>;
  readonly views: ReadModel;
  /** What books by itself: the shares of joint projects, and what assets ask of their books. */
  readonly bookings: Pick<BookingsRun, 'position' | 'untold'>;
  close(): Promise<void>;
}

export async function openRuntime(
  config: Pick<Config, 'directory' | 'name' | 'demo' | 'attachmentLimitBytes' | 'oidc' | 'vaultKey' | 'destroyedKeys'>,
  onFailure: (failure: string) => void,
  probe?: Probe,
): Promise<Runtime> {
  const log = openSqliteLog(config.directory, probe === undefined ? {} : { probe });
  const attachments = openAttachments(config.directory, { limitBytes: config.attachmentLimitBytes });
  const drafts = openDrafts(config.directory);
  const origin = await ledgerOrigin(log, { name: config.name, demo: config.demo });
  const now = () => log.now();
  const identity = openIdentity(config.directory, {
    now,
    onError: (error) => onFailure(`the record of access waits to be written: ${String(error)}`),
  });
  const oidc =
    config.oidc && openIdProvider(config.oidc, { now, onError: (reason) => onFailure(`identity provider: ${reason}`) });
  const { destroyedKeys } = config;
  const vault = new Vault(config.directory, { masterKey: config.vaultKey, destroyedKeys });
  const sealed = vault.sealed();
  if (sealed !== undefined) onFailure(inBothLanguages(new Refusal('VAULT_SEALED', { why: sealed })));
  const worker = new URL('./projector-worker.js', import.meta.url);
  const { views, goTo } = followGenerations(config.directory, () => projector.checkpoint);
  const projector = new ProjectorThread(worker, config.directory, {
    generation: goTo,
    failure: (failure) => onFailure(`projector stopped: ${failure}`),
  });
  // There are views to read once the projector has said so for the first time; a rebuild can take minutes.
  if (!(await projector.reached(0, VIEWS_READY_MS))) throw new Error(projector.failure ?? 'the views did not open');
  const handling = new CommandHandling(log, origin, attachments);
  const forgotten = await destroyForgotten(vault, log);
  if (forgotten.length > 0) onFailure(listWasLost(destroyedKeys, forgotten.length));
  await completeErasures(vault, handling);
  projector.wake();
  const bookings = await startBookings(config.directory, log, handling, {
    wake: () => projector.wake(),
    onError: (error) => onFailure(`bookings wait: ${String(error)}`),
  });
  const close = async (): Promise<void> => {
    await bookings.stop();
    const stopped = projector.stop();
    // Before the projector's own connection, the last one, which puts the file in order.
    views.close();
    await stopped;
    identity.close();
    drafts.close();
    vault.setCompared(await log.head());
    vault.close();
    await log.close();
  };
  const beside = { attachments, drafts, vault, identity, ...(oidc && { oidc }) };
  return { log, origin, handling, ...beside, projector, views, bookings, close };
}

function inBothLanguages({ messageZh, messageEn }: Refusal): string {
  return `${messageZh} ${messageEn}`;
}
