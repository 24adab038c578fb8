import type { BookingsCheckpoint } from '@ledger/commands';
import type { Connection } from '@ledger/readmodel';

const SAVE_EVERY_MS = 1_000;

/**
 * How far the bookings are, for whoever makes them next. A shortcut and no more: what is lost of it only costs going through
 * the log again, so nobody waits for it to be written.
 */
export class KeptCheckpoint {
  #latest: BookingsCheckpoint | undefined;
  #writtenAtMs = 0;

  private constructor(
    private readonly connection: Connection,
    private readonly ledger: string,
  ) {}

  static async of(connection: Connection, ledger: string): Promise<KeptCheckpoint> {
    await connection.query(
      `CREATE SCHEMA IF NOT EXISTS bookings;
       CREATE TABLE IF NOT EXISTS bookings.checkpoint
         (ledger text COLLATE "C" PRIMARY KEY, position bigint NOT NULL, leaf text COLLATE "C" NOT NULL)`,
    );
    return new KeptCheckpoint(connection, ledger);
  }

  async read(): Promise<BookingsCheckpoint | undefined> {
    const { rows } = await this.connection.query<{ position: number; leaf: string }>(
      'SELECT position, leaf FROM bookings.checkpoint WHERE ledger = $1',
      [this.ledger],
    );
    return rows[0];
  }

  save(checkpoint: BookingsCheckpoint): void {
    this.#latest = checkpoint;
    if (performance.now() - this.#writtenAtMs < SAVE_EVERY_MS) return;
    // Where the connection is lost, whoever comes next goes on from an earlier one.
    this.write().catch(() => undefined);
  }

  async write(): Promise<void> {
    const latest = this.#latest;
    if (latest === undefined) return;
    this.#writtenAtMs = performance.now();
    await this.connection.query(
      `INSERT INTO bookings.checkpoint (ledger, position, leaf) VALUES ($1, $2, $3)
       ON CONFLICT (ledger) DO UPDATE SET position = excluded.position, leaf = excluded.leaf`,
      [this.ledger, latest.position, latest.leaf],
    );
  }
}
