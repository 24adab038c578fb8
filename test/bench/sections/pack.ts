import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { periodOf, previousPeriod } from '@ledger/domain';
import type { VillageLog } from '../generator/village-log.js';
import { progress, thousands } from '../measure.js';
import type { Packed } from '../pack-process.js';
import { inProcess } from '../processes.js';
import type { Report } from '../report.js';

const PACK = new URL('../pack-process.js', import.meta.url);
const DISTRICT = '330603';
const FORMATS = ['xlsx', 'html', 'csv'];

/** The pack of a district's monthly reports, in each format, by the operator's command. */
export async function benchPack(
  report: Report,
  { directory, facts, today }: VillageLog,
  scratch: string,
): Promise<void> {
  progress('the pack of monthly reports');
  const section = report.section(`The pack of a district’s monthly reports, from ${thousands(facts)} facts`);
  const period = previousPeriod(periodOf(today));
  for (const format of FORMATS) {
    const out = join(scratch, `pack-${format}`);
    const said = ['--data', directory, '--scope', DISTRICT, '--period', period, '--out', out, '--formats', format];
    const { code, seconds, peakMb } = await inProcess<Packed>(PACK, said);
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(`.${format}`));
    const reports = files.filter((file) => file !== 'index.html');
    const bytes = reports.reduce((sum, file) => sum + statSync(join(out, file)).size, 0);
    rmSync(out, { recursive: true });
    report.check(code === 0, `the pack of ${format} ended with ${code}`);
    report.check(reports.length > 214, `the pack of ${format} has ${reports.length} reports`);
    const marked = format === 'xlsx';
    section.add({
      what: `${reports.length} reports as ${format}`,
      measured: `${seconds.toFixed(1)} s, ${peakMb.toFixed(0)} MB`,
      ...(marked && { mark: '≤ 60 s, < 512 MB', reached: seconds <= 60 && peakMb < 512 }),
    });
    section.note(
      `${format}: ${thousands(bytes)} bytes for ${period}, by one process that starts, reads the views and writes.`,
    );
  }
}
