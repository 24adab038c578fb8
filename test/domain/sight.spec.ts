import { describe, expect, it } from '@jest/globals';
import {
  codeForSight,
  codesOf,
  decideDivision,
  type Division,
  divisionOf,
  type DivisionCommand,
  type DivisionTree,
  emptyDivisionTree,
  changeDivision,
  MergeVillages,
  RecodeDivision,
  RegisterDivision,
  RenameDivision,
  type Sight,
  treeInSight,
} from '@ledger/domain';
import { refuses } from '../support/given-ledger-year.js';

const TODAY = '2024-06-15';
const [FIRST, SECOND, MOVED] = ['330603008201', '330603008202', '330603009201'];

/** Two villages, of which the first has moved to another township and the second has gone into it. */
function tree(): DivisionTree {
  const given = emptyDivisionTree();
  const named = { name: '示例村', successor: null, origin: null };
  for (const [i, code] of [FIRST, SECOND].entries()) {
    changeDivision(given, { change: 'registered', code, ...named }, { from: '2020-01-01', recorded: i });
  }
  const stated = { name: null, origin: null };
  changeDivision(
    given,
    { change: 'recoded', code: FIRST, ...stated, successor: MOVED },
    { from: '2024-01-01', recorded: 2 },
  );
  changeDivision(
    given,
    { change: 'merged', code: SECOND, ...stated, successor: MOVED },
    { from: '2024-03-01', recorded: 3 },
  );
  return given;
}

describe('the code by which a division is in sight', () => {
  it('is its own of the day, whatever code names it, and from a merger on that of what took it over alone', () => {
    for (const code of [FIRST, MOVED]) expect(codeForSight(tree(), code, TODAY)).toBe(MOVED);
    expect(codeForSight(tree(), FIRST, '2023-12-31')).toBe(FIRST);
    expect(codeForSight(tree(), SECOND, TODAY)).toBe(MOVED);
    expect(codeForSight(tree(), SECOND, '2024-02-29')).toBe(SECOND);
  });

  it('is what is said where nothing is known of it', () => {
    expect(codeForSight(tree(), '330603008299', TODAY)).toBe('330603008299');
    expect(codeForSight(undefined, FIRST, TODAY)).toBe(FIRST);
  });
});

const sees = ({ id }: Division): boolean => id === FIRST;

describe('a tree in sight', () => {
  it('knows no code of what is out of sight', () => {
    const seen = treeInSight(tree(), sees);
    expect(divisionOf(seen, FIRST)?.id).toBe(FIRST);
    expect(divisionOf(seen, MOVED)?.id).toBe(FIRST);
    expect(divisionOf(seen, SECOND)).toBeUndefined();
    expect(seen.owners.has(SECOND)).toBe(false);
    expect([...seen.owners]).toEqual([
      [FIRST, FIRST],
      [MOVED, FIRST],
    ]);
    expect(codesOf(seen, FIRST)).toEqual([FIRST, MOVED]);
    expect(codesOf(seen, SECOND)).toEqual([]);
  });

  it('leaves the tree as it is', () => {
    const given = tree();
    treeInSight(given, () => false);
    expect(given).toEqual(tree());
  });
});

describe('a change of the tree', () => {
  const effectiveOn = '2024-06-01';
  const township: Sight = {
    seesDivision: (code) => code.startsWith('330603008'),
    seesBook: () => true,
    seesAttachment: () => true,
  };
  const changes: [string, DivisionCommand, string][] = [
    ['a registration', Object.assign(new RegisterDivision(), { code: FIRST, name: '示例村', effectiveOn }), 'code'],
    ['a name', Object.assign(new RenameDivision(), { code: FIRST, name: '示例村', effectiveOn }), 'code'],
    ['a code', Object.assign(new RecodeDivision(), { code: FIRST, newCode: SECOND, effectiveOn }), 'code'],
    ['a merger', Object.assign(new MergeVillages(), { from: [FIRST], to: SECOND, effectiveOn }), 'to'],
  ];

  it.each(changes)('is for who sees the whole district: %s', (_, command, field) => {
    for (const given of [tree(), emptyDivisionTree()]) {
      const decide = () => decideDivision(command, given, { today: TODAY, demo: false, sight: township });
      refuses(decide, 'GRANT_TOO_NARROW', { needs: 'district' }, field);
    }
  });
});
