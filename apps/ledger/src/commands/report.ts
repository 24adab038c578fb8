import { resolve } from 'node:path';
import { isPeriod, lastDay, type Period, periodOf, Refusal, shanghaiDate, validDivisionCode } from '@ledger/domain';
import { type EventLog, openSqliteLogForReading } from '@ledger/eventlog';
import { everything, type ReadModel } from '@ledger/readmodel';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandFailed } from '../command-failed.js';
import { existingLedger, withDataDirectory } from '../data-directory.js';
import { progressBar } from '../progress.js';
import { openedViews } from '../report/opened-views.js';
import { type PackFormat, packFormats, writePack } from '../report/pack.js';

interface Options {
  readonly data: string;
  readonly scope: string;
  readonly period: Period;
  readonly out: string;
  readonly knownAt?: number;
  readonly basis: 'booked' | 'restated';
  readonly formats: readonly PackFormat[];
  readonly url: string;
}

export function reportCommand(program: Command): void {
  withDataDirectory(program.command('report'))
    .description('写出一地及以下各地的村级收入月报 · writes the monthly income reports of a place and all below it')
    .requiredOption('--scope <code>', '区划代码,如330603 · the code of a district, township or village')
    .requiredOption('--period <month>', '月份,如2024-12 · the month', period)
    .requiredOption('--out <dir>', '输出目录 · where to write')
    .option(
      '--known-at <position>',
      '账本位置,缺省为最新 · a position of the ledger; the newest when left out',
      position,
    )
    .option('--basis <basis>', 'booked(记账期间)或restated(业务归属) · booked or restated', basis, 'booked')
    .option('--formats <list>', `格式 · formats: ${packFormats.join(',')}`, formats, ['xlsx', 'html'])
    .option('--url <url>', '链接指向的账本地址 · the ledger that links lead to', url, 'http://127.0.0.1:3000')
    .action(async (options: Options) => {
      const directory = existingLedger(options.data);
      const log = openSqliteLogForReading(directory);
      const views = openedViews(directory);
      try {
        await writeReports(options, log, views);
      } catch (error) {
        if (error instanceof Refusal) throw new CommandFailed(`${error.messageZh} ${error.messageEn}`);
        throw error;
      } finally {
        views.close();
        await log.close();
      }
    });
}

type ReadableLog = Pick<EventLog, 'head' | 'wholeAt' | 'now' | 'readAfter'>;

async function writeReports(options: Options, log: ReadableLog, views: ReadModel) {
  const { period: month, basis: by, formats: wanted, url: address, out } = options;
  refuseToCome(month, shanghaiDate(log.now()));
  const scope = validDivisionCode(options.scope, 'scope');
  const at = { asOf: lastDay(month), knownAt: await knownAt(options.knownAt, log, views) };
  views.refuseUnknownDivision(scope, at, everything, 'scope');
  const [last] = await log.readAfter(Math.max(0, at.knownAt - 1), 1);
  const question = { period: month, basis: by, recordedOn: shanghaiDate(last?.recordedAtMs ?? 0) };
  const reportOf = (division: string) => views.incomes.report({ division, ...question }, at, everything);
  const linkTo = (href: string): string => `${address}${href}`;
  const bar = progressBar('写出月报 reports');
  let count: number;
  try {
    count = await writePack(scope, resolve(out), { reportOf, formats: wanted, linkTo }, (done, total) =>
      bar.at(done, total),
    );
  } finally {
    bar.end();
  }
  console.log(
    `已写出${count}份月报(账本位置${at.knownAt}),目录见${resolve(out, 'index.html')}。` +
      ` ${count} reports are written, known at position ${at.knownAt}; ${resolve(out, 'index.html')} lists them.`,
  );
}

/** The position asked for, or as far as the views have come, which a running ledger keeps at its newest fact. */
async function knownAt(
  asked: number | undefined,
  log: Pick<EventLog, 'head' | 'wholeAt'>,
  views: ReadModel,
): Promise<number> {
  const reached = views.checkpoint();
  if (asked === undefined) return reached;
  const head = await log.head();
  if (asked > head) throw new Refusal('KNOWN_AT_IN_FUTURE', { knownAt: String(asked), head }, 'knownAt');
  if (asked > reached) throw new Refusal('VIEW_BEHIND', { wanted: asked, reached });
  return log.wholeAt(asked);
}

function refuseToCome(month: Period, today: string): void {
  if (month <= periodOf(today)) return;
  throw new CommandFailed(`${month}尚未开始,今天是${today}。 ${month} has not begun: today is ${today}.`);
}

function period(text: string): Period {
  if (isPeriod(text)) return text;
  throw new InvalidArgumentError('It must be a month as YYYY-MM, such as 2024-12');
}

function position(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a position, a whole number');
}

function basis(text: string): string {
  if (text === 'booked' || text === 'restated') return text;
  throw new InvalidArgumentError('It must be booked or restated');
}

function formats(text: string): PackFormat[] {
  const wanted = text.split(',');
  const known = packFormats.filter((format) => wanted.includes(format));
  if (known.length === new Set(wanted).size) return known;
  throw new InvalidArgumentError(`It must be some of ${packFormats.join(',')}`);
}

function url(text: string): string {
  if (/^https?:\/\/[\w.:[\]-]+$/.test(text)) return text;
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:3000, without a path');
}
