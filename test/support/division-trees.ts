import {
  changeDivision,
  decideDivision,
  type DivisionCommand,
  type DivisionFact,
  type DivisionTree,
  emptyDivisionTree,
  evolveDivisionTree,
} from '@ledger/domain';
import { factOf } from './given-ledger-year.js';

/** A tree of divisions that were registered, without deciding it. */
export function treeWith(...divisions: readonly { code: string; name: string; from: string }[]): DivisionTree {
  const tree = emptyDivisionTree();
  divisions.forEach(({ code, name, from }, recorded) => {
    changeDivision(tree, { change: 'registered', code, name, successor: null, origin: null }, { from, recorded });
  });
  return tree;
}

export function treeOf(facts: readonly DivisionFact[]): DivisionTree {
  return facts.map((fact, i) => factOf(fact, 'divisions-330603', i)).reduce(evolveDivisionTree, emptyDivisionTree());
}

/** Decides commands one after the other; all the facts. */
export function decidedFrom(today: string, ...commands: readonly DivisionCommand[]): DivisionFact[] {
  return commands.reduce<DivisionFact[]>(
    (facts, command) => [...facts, ...decideDivision(command, treeOf(facts), { today, demo: false })],
    [],
  );
}
