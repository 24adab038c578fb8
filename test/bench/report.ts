import { cpus, totalmem } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

export interface Finding {
  readonly what: string;
  readonly measured: string;
  readonly reference?: string;
  readonly ratio?: number;
  /** What was promised, in words. */
  readonly mark?: string;
  readonly reached?: boolean;
}

/** Gathers what the sections find. A missed mark is a finding; a failed check means that the figures are worth nothing. */
export class Report {
  readonly #sections: { title: string; findings: Finding[]; notes: string[] }[] = [];
  readonly #failures: string[] = [];

  section(title: string): { add(finding: Finding): void; note(text: string): void } {
    const section = { title, findings: [] as Finding[], notes: [] as string[] };
    this.#sections.push(section);
    return {
      add: (finding) => void section.findings.push(finding),
      note: (text) => void section.notes.push(text),
    };
  }

  /** Holds a check against what was found. */
  check(holds: boolean, sentence: string): void {
    if (!holds) this.#failures.push(sentence);
  }

  get failed(): boolean {
    return this.#failures.length > 0;
  }

  text(): string {
    const sections = this.#sections.map(({ title, findings, notes }) =>
      [
        `## ${title}`,
        '',
        ...(findings.length === 0 ? [] : [...table(findings), '']),
        ...notes.map((n) => `- ${n}`),
      ].join('\n'),
    );
    const checks = this.failed
      ? [`## ${this.#failures.length} checks failed`, '', ...this.#failures.slice(0, 20).map((f) => `- ${f}`)].join(
          '\n',
        )
      : 'All checks held: sums, new facts and commits seen from a second connection.';
    return ['# Bench', machine(), ...sections, checks].join('\n\n') + '\n';
  }
}

function machine(): string {
  const db = new DatabaseSync(':memory:');
  const { version } = db.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  db.close();
  const cores = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `${cores.length} cores (${cores[0]?.model ?? '?'}), ${memory} GiB, Node ${process.version}, SQLite ${version}, ${date} UTC`;
}

function table(findings: readonly Finding[]): string[] {
  const rows = findings.map(({ what, measured, reference, ratio, mark, reached }) => [
    what,
    measured,
    reference ?? '',
    ratio === undefined ? '' : ratio.toPrecision(3),
    mark ?? '',
    reached === undefined ? '' : reached ? 'yes' : 'no',
  ]);
  const all = [['what', 'measured', 'reference', 'ratio', 'mark', 'reached'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string => `| ${row.map((c, i) => c.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)];
}
