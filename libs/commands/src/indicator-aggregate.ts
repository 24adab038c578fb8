import {
  decideIndicator,
  divisionStream,
  emptyIndicator,
  evolveIndicator,
  type IndicatorSetting,
  indicatorStream,
  isInDistrict,
  knownMeasure,
  ReportIndicator,
  validScope,
} from '@ledger/domain';
import { type Aggregate, type Look, planned } from './aggregate.js';
import { divisionTrees } from './register-aggregates.js';

export const indicators = { empty: emptyIndicator, evolve: evolveIndicator };

export const indicatorAggregate: Aggregate<ReportIndicator> = {
  commands: [ReportIndicator],
  turn: ({ scope, measure }) => indicatorStream(scope, measure),
  async plan(command, look) {
    const scope = validScope(command.scope, 'scope');
    const beside = isInDistrict(scope) ? await treeOf(scope, look) : {};
    return planned({
      stream: indicatorStream(scope, knownMeasure(command.measure).code),
      kind: indicators,
      decide: (indicator) => decideIndicator(command, indicator, { ...look, ...beside }),
    });
  },
};

async function treeOf(scope: string, look: Look): Promise<Pick<IndicatorSetting, 'divisions'>> {
  return { divisions: (await look.fold(divisionTrees, divisionStream(scope))).state };
}
