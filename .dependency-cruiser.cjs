// The floors table of ARCHITECTURE.md as rules. When one changes, change the other.

/** What each package may import: workspace packages, npm libraries, and whether Node's own modules. */
const floors = {
  model: { packages: [], libraries: [] },
  expressions: { packages: ['model'], libraries: [] },
  compiler: { packages: ['model', 'expressions'], libraries: ['yaml'] },
  engine: { packages: ['model', 'expressions'], libraries: [] },
  api: { packages: ['model'], libraries: [] },
  store: { packages: ['model', 'engine'], node: true },
  server: { packages: ['model', 'expressions', 'compiler', 'engine', 'api', 'store'], node: true },
  agent: { packages: ['api', 'model', 'expressions'], node: true },
  web: { packages: ['api', 'model'] },
  cli: {
    packages: ['model', 'expressions', 'compiler', 'engine', 'api', 'store', 'server', 'agent'],
    node: true,
  },
};

const names = Object.keys(floors);
const oneOf = (list) => `(${list.join('|')})`;

const downward = names.map((name) => {
  const forbidden = names.filter((other) => other !== name && !floors[name].packages.includes(other));
  return {
    name: `floor-${name}`,
    comment: `${name} may import only: ${floors[name].packages.join(', ') || 'no other package'}.`,
    severity: 'error',
    from: { path: `^packages/${name}/src/` },
    to: { path: `^packages/${oneOf(forbidden)}/` },
  };
});

const libraries = names
  .filter((name) => floors[name].libraries)
  .map((name) => ({
    name: `libraries-${name}`,
    comment: `${name} is pure; its libraries: ${floors[name].libraries.join(', ') || 'none'}.`,
    severity: 'error',
    from: { path: `^packages/${name}/src/` },
    to: {
      path: 'node_modules/',
      ...(floors[name].libraries.length > 0 && {
        pathNot: `node_modules/${oneOf(floors[name].libraries)}/`,
      }),
    },
  }));

module.exports = {
  forbidden: [
    ...downward,
    ...libraries,
    {
      name: 'no-node',
      comment: 'Pure floors and the browser do not import Node modules.',
      severity: 'error',
      from: { path: `^packages/${oneOf(names.filter((name) => !floors[name].node))}/src/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'index-only',
      comment: "Another package is entered through its index.ts, under its package's name.",
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/',
        pathNot: ['^packages/$1/', '^packages/[^/]+/src/index\\.ts$', '^packages/cli/bin/'],
      },
    },
    {
      name: 'no-relative-path-to-another-package',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'no-test-in-source',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { path: ['^packages/[^/]+/test/', '^test/', '^scripts/'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere escapes every other rule.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.floors.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^packages/[^/]+/dist/', '/\\.tsc/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
