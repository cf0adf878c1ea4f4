import { matchesGlob } from 'node:path';

/** What a place under server/src may reach. */
type RoomRow = {
  /** Rooms it may import, through their doors. */
  readonly rooms: readonly string[];
};

type RootFileRow = {
  readonly rooms: readonly string[] | 'every';
  /** Files beside it, directly in server/src. */
  readonly files: readonly string[];
};

type PackageRow = {
  readonly name: string;
  /** The file that `import '<name>'` means. */
  readonly entry: string;
  /** Workspace packages it may import, by folder. */
  readonly packages: readonly string[];
  /** npm packages it may import; `every` leaves the question to package.json and the dead code check. */
  readonly libraries: readonly string[] | 'every';
  /** Whether Node's built-in modules are there; not in a browser. */
  readonly runsInNode: boolean;
};

type LibraryRow = {
  readonly names: readonly string[];
  /** Where under server/src they may be imported, as globs. */
  readonly places: readonly string[];
};

/**
 * Who may import whom. A new room needs a row in `rooms`, and everything else follows from it.
 * The rows must not form a ring: a room never reaches itself through others.
 */
export const rooms: Readonly<Record<string, RoomRow>> = {
  foundation: { rooms: [] },
  models: { rooms: ['foundation'] },
  http: { rooms: ['foundation'] },
  database: { rooms: ['foundation'] },
  storage: { rooms: ['foundation'] },
  fetching: { rooms: ['foundation'] },
  checks: { rooms: ['foundation'] },
  statistics: { rooms: [] },
  judges: { rooms: ['routing', 'catalogue', 'models', 'database', 'foundation'] },
  jobs: { rooms: ['database', 'foundation'] },
  catalogue: { rooms: ['models', 'foundation'] },
  providers: { rooms: ['models', 'foundation'] },
  ledger: { rooms: ['models', 'catalogue', 'access', 'database', 'http', 'foundation'] },
  limits: { rooms: ['ledger', 'access', 'database', 'http', 'foundation'] },
  config: { rooms: ['models', 'access', 'http', 'foundation'] },
  routing: { rooms: ['models', 'catalogue', 'config', 'providers', 'access', 'http', 'foundation'] },
  access: { rooms: ['database', 'http', 'foundation'] },
  telemetry: { rooms: ['access', 'http', 'foundation'] },
  files: { rooms: ['database', 'storage', 'access', 'http', 'foundation'] },
  requests: { rooms: ['ledger', 'database', 'models', 'access', 'storage', 'http', 'foundation'] },
  gallery: { rooms: ['requests', 'storage', 'access', 'database', 'http', 'foundation'] },
  retention: { rooms: ['access', 'jobs', 'database', 'http', 'foundation'] },
  prompts: { rooms: ['database', 'access', 'http', 'foundation'] },
  datasets: {
    rooms: ['requests', 'files', 'storage', 'access', 'database', 'http', 'foundation'],
  },
  evaluations: {
    rooms: [
      'datasets',
      'prompts',
      'checks',
      'judges',
      'statistics',
      'fetching',
      'storage',
      'jobs',
      'access',
      'database',
      'http',
      'foundation',
    ],
  },
  webhooks: {
    rooms: ['requests', 'jobs', 'fetching', 'storage', 'access', 'database', 'http', 'foundation'],
  },
  images: {
    rooms: [
      'models',
      'catalogue',
      'ledger',
      'limits',
      'routing',
      'requests',
      'prompts',
      'storage',
      'telemetry',
      'access',
      'files',
      'fetching',
      'database',
      'http',
      'foundation',
    ],
  },
  responses: {
    rooms: [
      'images',
      'requests',
      'prompts',
      'ledger',
      'limits',
      'models',
      'catalogue',
      'routing',
      'storage',
      'access',
      'files',
      'database',
      'http',
      'foundation',
    ],
  },
  runs: { rooms: ['prompts', 'logs', 'storage', 'access', 'http', 'foundation'] },
  promptlayer: {
    rooms: ['evaluations', 'datasets', 'prompts', 'logs', 'storage', 'access', 'http', 'foundation'],
  },
  logs: {
    rooms: [
      'images',
      'requests',
      'ledger',
      'catalogue',
      'models',
      'storage',
      'files',
      'access',
      'database',
      'http',
      'foundation',
    ],
  },
};

/** The files that other rooms may import. A room that is not here has one door, `index.ts`. */
export const doors: Readonly<Record<string, readonly string[]>> = {
  providers: ['index.ts', 'catalog.ts'],
};

/** The files directly in server/src; each needs a row. */
export const rootFiles: Readonly<Record<string, RootFileRow>> = {
  'main.ts': { rooms: ['database', 'foundation'], files: ['house.ts', 'settings.ts'] },
  'house.ts': { rooms: 'every', files: ['settings.ts', 'version.ts'] },
  'settings.ts': { rooms: ['foundation'], files: [] },
  'version.ts': { rooms: [], files: [] },
};

/** The row of providers: identical cells that nobody knows by name. */
export const providerCells = {
  folder: 'server/src/providers',
  /** Folders beside the cells that are no cell: what cells share, and what tests share. */
  shared: ['kit', 'testing'],
  /** Rooms that a cell may import, beside the kit. */
  rooms: ['models', 'foundation'],
  /** Files outside a cell that may name it. */
  namedBy: ['scripts/draw-contact-sheet.ts', 'scripts/bench/checks/open-studio.ts'],
} as const;

/** Libraries that stay behind one wall, so that replacing one is the work of one room. */
export const libraries: readonly LibraryRow[] = [
  { names: ['fastify', '@fastify/*'], places: ['http/**', '**/routes.ts', '**/*-routes.ts'] },
  {
    names: ['kysely', 'kysely/*', 'pg', 'pg-pool', '@electric-sql/**'],
    places: ['database/**', '**/tables.ts', '**/queries.ts', '**/*-queries.ts'],
  },
  { names: ['pg-boss'], places: ['jobs/**'] },
  { names: ['@opentelemetry/*'], places: ['telemetry/**'] },
  { names: ['standardwebhooks'], places: ['webhooks/**'] },
  { names: ['yaml'], places: ['config/**', 'prompts/files/**'] },
  {
    names: ['sharp'],
    places: ['storage/**', 'checks/**', 'judges/**', 'providers/kit/**', 'providers/sketch/**'],
  },
];

/** The workspace packages, by folder. `scripts` is no package of npm's, but has the same walls. */
export const packages: Readonly<Record<string, PackageRow>> = {
  api: {
    name: '@pictor/api',
    entry: 'api/src/index.ts',
    packages: [],
    libraries: ['zod'],
    runsInNode: false,
  },
  sdk: {
    name: '@pictor/sdk',
    entry: 'sdk/src/index.ts',
    packages: ['api'],
    libraries: ['zod'],
    runsInNode: false,
  },
  cli: {
    name: '@pictor/cli',
    entry: 'cli/src/main.ts',
    packages: ['api', 'sdk'],
    libraries: [],
    runsInNode: true,
  },
  web: {
    name: '@pictor/web',
    entry: 'web/src/main.tsx',
    packages: ['api', 'sdk'],
    libraries: 'every',
    runsInNode: false,
  },
  server: {
    name: '@pictor/server',
    entry: 'server/src/main.ts',
    packages: ['api'],
    libraries: 'every',
    runsInNode: true,
  },
  scripts: { name: 'scripts', entry: '', packages: ['api', 'sdk'], libraries: 'every', runsInNode: true },
};

/** Relative imports never leave their package, but for these folders: they are tools for the whole house. */
export const packagesThatReachOut: readonly string[] = ['scripts'];

/** The only reader of the environment, for the folders named. */
export const environment = {
  reader: 'server/src/settings.ts',
  folders: ['api', 'sdk', 'server', 'web'],
} as const;

/** Files whose `import(…)` is computed while the program runs, so that no checker can know what it names. */
export const computedImports: readonly string[] = ['server/src/providers/catalog.ts'];

export const maxLines = 400;

/** Files that are one long table of data; their length says nothing about how hard they are to read. */
export const longDataFiles: readonly string[] = [];

// The tools that try the whole house for minutes are tests that `npm test` has no time for.
const testPlaces = [
  '**/*.test.ts',
  '**/*.test.tsx',
  '*/tests/**',
  '**/testing/**',
  'scripts/{faults,proxies,screenshots,waits}/**',
];
const configPlaces = ['**/*.config.ts', '**/*.config.mjs', '**/*.config.cjs'];

/** Tests may import anything that their package may know of, and no program imports tests. */
export function isTest(file: string): boolean {
  return testPlaces.some((place) => matchesGlob(file, place));
}

/** Settings of tools, such as Vite's: they run in Node wherever they stand. */
export function isToolConfig(file: string): boolean {
  return configPlaces.some((place) => matchesGlob(file, place));
}
