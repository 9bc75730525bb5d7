/**
 * The arrows of ARCHITECTURE.md: for each folder of src, what it may import.
 */
const MAY_IMPORT = {
  units: [],
  catalog: ['units'],
  prices: ['catalog', 'units'],
  engine: ['catalog', 'units'],
  quote: ['engine', 'catalog', 'units'],
  project: ['engine', 'catalog', 'units'],
  contract: ['prices', 'quote', 'project', 'engine', 'catalog', 'units'],
  platform: ['contract', 'catalog', 'units'],
  service: ['contract', 'platform', 'prices', 'quote', 'project', 'engine', 'catalog', 'units'],
  preload: ['contract'],
  worker: ['service', 'platform'],
  main: ['service', 'contract', 'platform', 'units'],
  shell: ['service', 'contract', 'platform', 'units'],
  cli: ['service', 'contract', 'platform', 'prices', 'quote', 'project', 'engine', 'catalog', 'units'],
  renderer: ['contract', 'units'],
};

/** Documents that the contract speaks of: the page may know their types, not their code. */
const TYPES_FOR_PAGE = ['prices', 'quote', 'project', 'engine', 'catalog'];

const inFolders = (folders) => `^src/(${folders.join('|')})/`;
const arrows = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-imports-down`,
  comment: `src/${folder} may import ${allowed.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: inFolders([folder]) },
  to: {
    path: '^src/',
    pathNot: inFolders([folder, ...allowed]),
    ...(folder === 'renderer' ? { dependencyTypesNot: ['type-only'] } : {}),
  },
}));

const PURE = ['units', 'catalog', 'prices', 'engine', 'quote', 'project', 'contract'];

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'renderer-types-only',
      comment: 'The page knows the documents of the contract by their types, and no host at all.',
      severity: 'error',
      from: { path: inFolders(['renderer']) },
      to: { path: '^src/', pathNot: inFolders(['renderer', ...MAY_IMPORT.renderer, ...TYPES_FOR_PAGE]) },
    },
    {
      name: 'pure-has-no-host',
      comment: 'These folders run anywhere: no Node, no Electron.',
      severity: 'error',
      from: { path: inFolders([...PURE, 'renderer']) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-in-main-only',
      comment: 'Without its binary, importing Electron starts a download.',
      severity: 'error',
      from: { path: '^src/', pathNot: inFolders(['main', 'preload']) },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'headless-doors-never-reach-electron',
      comment: 'The command line and the browser shell run under plain Node.',
      severity: 'error',
      from: { path: inFolders(['cli', 'shell', 'worker', 'service', 'platform']) },
      to: { path: 'node_modules/electron/', reachable: true },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-missing-modules',
      severity: 'error',
      from: { path: '^src/' },
      // Types alone: the module stands in @types/pdfmake.
      to: { couldNotResolve: true, pathNot: '^pdfmake/interfaces$' },
    },
    {
      name: 'doors-ship-what-they-import',
      comment: 'What runs under Node at the user is a dependency, not a development tool.',
      severity: 'error',
      from: { path: '^src/', pathNot: inFolders(['renderer', 'main', 'preload']) },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.vue', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
