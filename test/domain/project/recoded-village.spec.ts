import { describe, expect, it } from '@jest/globals';
import { changeDivision, type DivisionTree, type ProjectCommand, type ProjectSetting } from '@ledger/domain';
import { treeWith } from '../../support/division-trees.js';
import {
  decideAfter,
  join,
  LEAD,
  leave,
  PARTNER,
  recorded,
  scheme,
  started,
  THIRD,
} from '../../support/given-project.js';

const TOWNSHIP = '330603008';
const RECODED = '330603018202';

/** The district of the other tests, in which the partner village has another code from May on. */
function recodedInMay(): Pick<ProjectSetting, 'divisions'> {
  const from = '2020-01-01';
  const tree: DivisionTree = treeWith(
    { code: '330603000000', name: '柯桥区', from },
    { code: `${TOWNSHIP}000`, name: '兰亭街道', from },
    ...[LEAD, PARTNER, THIRD].map((code) => ({ code, name: '示例村', from })),
  );
  const change = { change: 'recoded', code: PARTNER, name: null, successor: RECODED, origin: null } as const;
  changeDivision(tree, change, { from: '2024-05-01', recorded: 9 });
  return { divisions: new Map([['330603', tree]]) };
}

/** The same district, in which the partner village is merged into the third from August on. */
function mergedInAugust(): Pick<ProjectSetting, 'divisions'> {
  const { divisions } = recodedInMay();
  const tree = divisions.get('330603');
  const change = { change: 'merged', code: RECODED, name: null, successor: THIRD, origin: null } as const;
  if (tree !== undefined) changeDivision(tree, change, { from: '2024-08-01', recorded: 10 });
  return { divisions };
}

describe('a village of a project that ends', () => {
  const before = recorded(
    [...started('2024-01-01'), scheme('2024-01-01', { [LEAD]: 6000, [PARTNER]: 4000 })],
    recodedInMay(),
  );
  const decide = (facts: typeof before, command: ProjectCommand) => decideAfter(facts, command, mergedInAugust());

  it('leaves on the day of its end or later, under its last code, once its share is another’s', () => {
    expect(() => decide(before, leave(RECODED, '2024-08-01'))).toThrow('VILLAGE_HAS_SHARE');
    const joined = [...before, ...decide(before, join(THIRD, '2024-08-01'))];
    const shared = [...joined, ...decide(joined, scheme('2024-08-01', { [LEAD]: 6000, [THIRD]: 4000 }))];
    for (const day of ['2024-08-01', '2024-10-01']) {
      expect(decide(shared, leave(RECODED, day))).toMatchObject([
        { type: 'VillageLeft', effectiveOn: day, data: { village: PARTNER } },
      ]);
    }
    expect(() => decide(shared, leave(PARTNER, '2024-08-01'))).toThrow('DIVISION_RECODED');
  });

  it('does not join again, and gets no share from then on', () => {
    expect(() => decide(before, join(RECODED, '2024-08-01'))).toThrow('VILLAGE_ABOLISHED');
    expect(() => decide(before, scheme('2024-08-01', { [LEAD]: 5000, [RECODED]: 5000 }))).toThrow('VILLAGE_ABOLISHED');
  });
});

describe('a village of a project whose code changes', () => {
  const before = recorded(started('2024-01-01'), recodedInMay());

  it('keeps its place under the code of each day', () => {
    const [early] = decideAfter(before, scheme('2024-02-01', { [LEAD]: 6000, [PARTNER]: 4000 }), recodedInMay());
    const [late] = decideAfter(before, scheme('2024-06-01', { [LEAD]: 5000, [RECODED]: 5000 }), recodedInMay());
    const villages = (fact: typeof early) =>
      fact?.type === 'AllocationSchemeSet' ? fact.data.shares.map(({ village }) => village) : [];
    expect(villages(early)).toEqual([LEAD, PARTNER]);
    expect(villages(late)).toEqual([LEAD, PARTNER]);
  });

  it('does not join a second time under its new code', () =>
    expect(() => decideAfter(before, join(RECODED, '2024-06-01'), recodedInMay())).toThrow(
      'VILLAGE_ALREADY_PARTICIPANT',
    ));

  it('is refused under a code that it has not on that day', () =>
    expect(() => decideAfter(before, scheme('2024-06-01', { [LEAD]: 5000, [PARTNER]: 5000 }), recodedInMay())).toThrow(
      'DIVISION_RECODED',
    ));
});
