import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../support/temporary-directory.js';

/** What the official tool does, as far as the script asks for it; every call makes something else. */
const TOOL = `#!/bin/bash
set -eu
kind=$1; shift
while [ $# -gt 0 ]; do case $1 in -out) out=$2;; -dns-names) names=$2;; esac; shift 2; done
if [ -e "$out" ]; then echo "$out is there" >&2; exit 1; fi
mkdir -p "$out"
case $kind in create-ca) name=ca;; create-node) name=node;; *) exit 1;; esac
echo "\${names:-authority} $RANDOM$RANDOM" > "$out/$name.crt"
echo "key $RANDOM$RANDOM" > "$out/$name.key"
`;
const VOLUMES = ['authority', 'trust', 'certificates', 'door', 'secrets/eventstore', 'secrets/postgres', 'secrets/api', 'secrets/projector']; // prettier-ignore

let directory: ReturnType<typeof temporaryDirectory>;
let root: string;

beforeEach(() => {
  directory = temporaryDirectory();
  root = join(directory.path, 'root');
  for (const volume of VOLUMES) mkdirSync(join(root, volume), { recursive: true });
  writeFileSync(join(directory.path, 'es-gencert-cli'), TOOL);
  chmodSync(join(directory.path, 'es-gencert-cli'), 0o755);
});

afterEach(() => directory.remove());

function prepare(mode: string[] = [], env: Record<string, string> = {}): { status: number | null; stderr: string } {
  return spawnSync('bash', ['deploy/prepare.sh', ...mode], {
    env: { PATH: `${directory.path}:${process.env['PATH']}`, PREPARE_ROOT: root, ...env },
    encoding: 'utf8',
  });
}

function modeOf(path: string): string {
  return (statSync(join(root, path)).mode & 0o777).toString(8);
}

/** Every file and what it holds. */
function all(): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).toSorted();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

describe('what a cluster needs once', () => {
  it('is made at the first start, for each server its own', () => {
    expect(prepare()).toMatchObject({ status: 0, stderr: '' });
    const made = all();
    expect(Object.keys(made)).toEqual(
      [
        ...['door', 'log'].flatMap((which) => [`authority/${which}/ca.crt`, `authority/${which}/ca.key`]),
        'certificates/ca/ca.crt',
        ...[1, 2, 3].flatMap((n) => [`certificates/eventstore-${n}/node.crt`, `certificates/eventstore-${n}/node.key`]),
        'door/ca.crt',
        'door/server/node.crt',
        'door/server/node.key',
        ...['database-password', 'database-url', 'eventstore-password', 'vault-key'].map(
          (file) => `secrets/api/${file}`,
        ),
        'secrets/eventstore/eventstore-password',
        'secrets/postgres/postgres-password',
        ...['database-password', 'database-url', 'eventstore-password'].map((file) => `secrets/projector/${file}`),
        'trust/ca.crt',
      ].toSorted(),
    );
    expect(made['trust/ca.crt']).toBe(made['authority/log/ca.crt']);
    expect(made['secrets/api/eventstore-password']).toBe(made['secrets/eventstore/eventstore-password']);
    expect(made['secrets/api/database-url']).toBe(
      `postgres://ledger_api:${made['secrets/api/database-password']}@postgres:5432/ledger`,
    );
    expect(URL.canParse(made['secrets/projector/database-url'] ?? '')).toBe(true);
    expect(Buffer.from(made['secrets/api/vault-key'] ?? '', 'base64')).toHaveLength(32);
    const passwords = ['api/database', 'projector/database', 'postgres/postgres', 'eventstore/eventstore'].map(
      (which) => made[`secrets/${which}-password`] ?? '',
    );
    for (const password of passwords) expect(password).toMatch(/^[\w-]{32}$/);
    expect(new Set(passwords).size).toBe(4);
    expect(made['door/server/node.crt']).toMatch(/^localhost /);
  });

  it('stays as it is at every later start', () => {
    prepare();
    const before = all();
    expect(prepare()).toMatchObject({ status: 0, stderr: '' });
    expect(all()).toEqual(before);
  });

  it('is finished by the next start where one was interrupted', () => {
    prepare();
    const before = all();
    rmSync(join(root, 'certificates/eventstore-2'), { recursive: true });
    mkdirSync(join(root, 'certificates/eventstore-2.new'));
    rmSync(join(root, 'secrets/projector/database-url'));
    expect(prepare().status).toBe(0);
    const {
      'certificates/eventstore-2/node.crt': certificate,
      'certificates/eventstore-2/node.key': key,
      ...rest
    } = all();
    expect([certificate, key]).not.toEqual([before['certificates/eventstore-2/node.crt'], undefined]);
    expect(before).toMatchObject(rest);
  });

  it('has new certificates when they are renewed, of the same authorities, and the same secrets', () => {
    prepare();
    const before = all();
    expect(prepare(['renew'], { LEDGER_DOMAIN: 'ledger.example' })).toMatchObject({ status: 0, stderr: '' });
    const after = all();
    const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(changed).toEqual(Object.keys(after).filter((file) => /node\.(crt|key)$/.test(file)));
    expect(after['door/server/node.crt']).toMatch(/^ledger\.example,localhost /);
  });

  it('is nobody’s who need not know it', () => {
    prepare();
    expect(modeOf('secrets/api/vault-key')).toBe('600');
    expect(modeOf('secrets/api/database-url')).toBe('600');
    // Whoever sets the roles is of the group.
    expect([modeOf('secrets/api'), modeOf('secrets/api/database-password')]).toEqual(['750', '440']);
    expect(modeOf('authority/log/ca.key')).toBe('600');
    expect(modeOf('certificates/eventstore-1/node.key')).toBe('600');
    expect(modeOf('trust/ca.crt')).toBe('444');
  });
});
