import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

export const SECTIONS = ['log', 'rest', 'views', 'report', 'assets', 'access', 'cluster'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Options {
  /**
   * Vouchers to record in the big log, which with openings, closes and registers holds some more facts; the small one, for
   * the growth of reads, has a tenth.
   */
  readonly facts: number;
  readonly only: ReadonlySet<Section>;
  /** Vouchers to record for the views of the cluster, which has a log of its own. */
  readonly clusterVouchers: number;
  /** Where the directory for the data is made; it is removed at the end. */
  readonly directory: string;
}

/** How long is measured: a trial on a small log is over in a minute or two, and its figures say little. */
export interface Effort {
  readonly appendMs: number;
  readonly restMs: number;
  readonly warmUpMs: number;
  readonly questions: number;
}

const FULL: Effort = { appendMs: 3000, restMs: 10_000, warmUpMs: 5000, questions: 510 };
const TRIAL: Effort = { appendMs: 500, restMs: 2000, warmUpMs: 1000, questions: 60 };

export function effortFor(facts: number): Effort {
  return facts < 500_000 ? TRIAL : FULL;
}

export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      facts: { type: 'string', default: '2500000' },
      'cluster-vouchers': { type: 'string', default: '60000' },
      only: { type: 'string', default: SECTIONS.join(',') },
      dir: { type: 'string', default: tmpdir() },
    },
  });
  const facts = Number(values.facts);
  if (!Number.isInteger(facts) || facts < 10_000)
    throw new RangeError('--facts, how many vouchers to record, is a whole number from 10000');
  const clusterVouchers = Number(values['cluster-vouchers']);
  if (!Number.isInteger(clusterVouchers) || clusterVouchers < 10_000)
    throw new RangeError('--cluster-vouchers is a whole number from 10000');
  const only = values.only.split(',');
  const unknown = only.find((name) => !(SECTIONS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new RangeError(`--only knows ${SECTIONS.join(', ')}, not ${unknown}`);
  return { facts, only: new Set(only as Section[]), clusterVouchers, directory: values.dir };
}
