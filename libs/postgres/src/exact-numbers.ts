import { type CustomTypesConfig, types } from 'pg';

/** Every number of ours is an integer that JavaScript holds exactly; one that it does not is an error, as in SQLite. */
export const exactNumbers: CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === types.builtins.INT8 || id === types.builtins.NUMERIC ? exactNumber : types.getTypeParser(id, format),
};

function exactNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is no exact integer`);
  return number;
}
