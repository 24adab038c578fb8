import {
  commandIdOf,
  decideIndicator,
  emptyDivisionTree,
  emptyIndicator,
  evolveDivisionTree,
  evolveIndicator,
  factIdOf,
  freeze,
  indicatorStream,
  readFact,
  ReportIndicator,
} from '@ledger/domain';
import { firstYear } from './first-year.js';

/** A ratio of the district is published, and corrected: its facts, as their bytes. The second has every field. */
export function firstReadings(): string[] {
  const divisions = firstYear()
    .map((fact) => readFact(fact))
    .filter(({ stream }) => stream.startsWith('divisions-'))
    .reduce(evolveDivisionTree, emptyDivisionTree());
  const published = {
    scope: '330603',
    measure: 'urbanRuralIncomeRatio',
    value: 15_700,
    unit: 'basisPoints',
    qualifier: 'exact',
    asOf: '2024',
    source: { document: '2024年统计公报', line: '表3' },
    origin: 'SYNTHETIC',
  } as const;
  const corrected = {
    ...published,
    value: 15_600,
    source: { ...published.source, quote: '城乡收入倍差1.56' },
    parts: { numerator: 9_160_000, denominator: 5_870_000 },
    corrects: factIdOf(commandId(0), 0),
  };
  let indicator = emptyIndicator();
  return [published, corrected].map((said, revision) => {
    const command = Object.assign(new ReportIndicator(), said);
    const [fact] = decideIndicator(command, indicator, { today: '2025-01-10', demo: true, divisions });
    if (fact === undefined) throw new Error('a reading is one fact');
    const stream = indicatorStream(fact.data.scope, fact.data.measure);
    const bytes = freeze(fact, stream, revision, 0, { actor: 'accountant-1', commandId: commandId(revision) });
    indicator = evolveIndicator(indicator, readFact(bytes));
    return bytes;
  });
}

function commandId(revision: number): string {
  return commandIdOf('accountant-1', `first-reading-${revision}`);
}
