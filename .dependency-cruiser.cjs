// The direction of imports between the rooms of the house, as the README draws it. A lib that is not listed may import
// nothing of ours.
const mayImport = {
  accounting: [],
  forecast: [],
  transparency: [],
  domain: ['accounting'],
  views: ['domain', 'accounting', 'forecast'],
  eventlog: ['domain', 'transparency'],
  attachments: ['domain', 'durable-files'],
  drafts: ['domain', 'private-database'],
  commands: ['domain', 'eventlog', 'attachments', 'transparency'],
  readmodel: ['domain', 'views', 'eventlog', 'durable-files', 'postgres'],
  reports: ['domain', 'views'],
  identity: ['domain', 'private-database'],
  vault: ['domain', 'private-database', 'durable-files'],
  settings: ['eventlog', 'private-database'],
  telemetry: ['domain', 'eventlog', 'commands', 'settings'],
  'private-database': ['postgres'],
  postgres: [],
  'durable-files': [],
};
const LISTED = Object.keys(mayImport).join('|');
const PURE = '^libs/(accounting|domain|views|forecast|transparency)/';

const directions = Object.entries(mayImport).map(([lib, others]) => ({
  name: `direction-${lib}`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: `^libs/(?!(${[lib, ...others].join('|')})/)` },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'direction-of-an-unlisted-lib',
      severity: 'error',
      from: { path: `^libs/(?!(?:${LISTED})/)([^/]+)/` },
      to: { path: '^libs/', pathNot: '^libs/$1/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|test)/' } },
    { name: 'libs-know-no-nest', severity: 'error', from: { path: '^libs/' }, to: { path: 'node_modules/@nestjs/' } },
    {
      name: 'only-through-the-front-door',
      severity: 'error',
      from: { path: '^(apps|test)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)' },
    },
    {
      name: 'libs-only-through-the-front-door',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^libs/$1/' },
    },
    {
      name: 'pure-libs-do-no-io',
      severity: 'error',
      from: { path: PURE },
      to: {
        path: '^(node:)?(fs|net|http|https|http2|child_process|worker_threads|sqlite|os|dns|tls|dgram|cluster|timers|process|perf_hooks)(/|$)',
      },
    },
    {
      name: 'raw-references-know-nothing-of-ours',
      severity: 'error',
      from: { path: '^test/bench/raw/' },
      to: { path: '^(libs|apps)/' },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
