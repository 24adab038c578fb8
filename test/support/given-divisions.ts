import {
  AbolishDivision,
  codeOn,
  type DivisionCommand,
  divisionOf,
  MergeVillages,
  RecodeDivision,
  RegisterDivision,
} from '@ledger/domain';
import { decidedFrom, treeOf } from './division-trees.js';

/** The day on which tests of changing divisions are asked, and the one from which their changes hold. */
export const TODAY = '2024-08-31';
export const D = '2024-07-01';
export const said = <C extends DivisionCommand>(type: new () => C, fields: Partial<C>): C =>
  Object.assign(new type(), fields);
export const register = (code: string, effectiveOn = '2020-01-01') =>
  said(RegisterDivision, { code, name: `名${code.slice(6)}`, effectiveOn });
export const recode = (code: string, newCode: string, more: Partial<RecodeDivision> = {}) =>
  said(RecodeDivision, { code, newCode, effectiveOn: D, ...more });
export const merge = (from: string[], to: string, effectiveOn = D) => said(MergeVillages, { from, to, effectiveOn });
export const abolish = (code: string, more: Partial<AbolishDivision> = {}) =>
  said(AbolishDivision, { code, effectiveOn: D, reason: '整村搬迁', ...more });

/** 福全 with two villages, 兰亭 with one. */
export const begun = ['330603', '330603103', '330603103201', '330603103202', '330603008', '330603008201'].map((code) =>
  register(code),
);
export const recorded = (...commands: DivisionCommand[]) =>
  decidedFrom(TODAY, ...begun, ...commands).slice(begun.length);
export const treeAfter = (...commands: DivisionCommand[]) => treeOf(decidedFrom(TODAY, ...begun, ...commands));
export const codesOf = (id: string, days: readonly string[], ...commands: DivisionCommand[]) => {
  const division = divisionOf(treeAfter(...commands), id);
  return days.map((day) => division && codeOn(division, day));
};
