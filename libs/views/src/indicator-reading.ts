import { dayNumber } from './calendar.js';
import { register } from './register.js';

/** Published figures, by the day that they are about. One that corrects another takes its place once it is known. */
export const indicatorReading = register({
  name: 'indicator_reading',
  version: 1,
  columns: {
    scope: 'text',
    measure: 'text',
    position: 'integer',
    day: 'integer',
    reading: 'text',
    as_of: 'text',
    value: 'integer',
    unit: 'text',
    qualifier: 'text',
    document: 'text',
    line: 'text',
    quote: 'text',
    numerator: 'integer',
    denominator: 'integer',
    corrects: 'text',
    origin: 'text',
  },
  key: ['scope', 'measure', 'position'],
  index: { columns: ['corrects', 'position'], where: 'corrects IS NOT NULL' },
  on: {
    IndicatorReported: ({ id, data, effectiveOn }, position) => [
      {
        scope: data.scope,
        measure: data.measure,
        position,
        day: dayNumber(effectiveOn),
        reading: id,
        as_of: data.asOf,
        value: data.value,
        unit: data.unit,
        qualifier: data.qualifier,
        document: data.source.document,
        line: data.source.line,
        quote: data.source.quote ?? null,
        numerator: data.parts?.numerator ?? null,
        denominator: data.parts?.denominator ?? null,
        corrects: data.corrects ?? null,
        origin: data.origin ?? null,
      },
    ],
  },
});
