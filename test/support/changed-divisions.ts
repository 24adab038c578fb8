import {
  AbolishDivision,
  commandIdOf,
  decideDivision,
  divisionStream,
  emptyDivisionTree,
  evolveDivisionTree,
  freeze,
  MergeVillages,
  readFact,
  RecodeDivision,
  RegisterDivision,
} from '@ledger/domain';

/** A township that is recoded with its villages, of which one is merged and one abolished: every fact, as its bytes. */
export function changedDivisions(): string[] {
  const tree = emptyDivisionTree();
  const facts: string[] = [];
  for (const command of commands()) {
    const commandId = commandIdOf('accountant-1', `changed-divisions-${facts.length}`);
    const decided = decideDivision(command, tree, { today: '2024-08-01', demo: false });
    decided.forEach((draft, index) => {
      const by = { actor: 'accountant-1', commandId };
      const bytes = freeze(draft, divisionStream('330603'), facts.length, index, by);
      facts.push(bytes);
      evolveDivisionTree(tree, readFact(bytes));
    });
  }
  return facts;
}

function* commands() {
  const registered = [
    ['330603', '柯桥区'],
    ['330603103', '福全镇'],
    ['330603103201', '示例一村'],
    ['330603103202', '示例二村'],
    ['330603103203', '示例三村'],
  ];
  for (const [code, name] of registered) {
    yield Object.assign(new RegisterDivision(), { code, name, effectiveOn: '2024-01-02' });
  }
  yield Object.assign(new RecodeDivision(), {
    code: '330603103',
    newCode: '330603006',
    effectiveOn: '2024-07-01',
    villages: [{ code: '330603103203', newCode: '330603006213' }],
    reason: '撤镇设街道',
  });
  yield Object.assign(new MergeVillages(), {
    from: ['330603006202'],
    to: '330603006201',
    effectiveOn: '2024-07-15',
    reason: '行政村规模调整',
  });
  yield Object.assign(new AbolishDivision(), {
    code: '330603006213',
    effectiveOn: '2024-08-01',
    successor: '330603006201',
    reason: '整村搬迁',
  });
}
