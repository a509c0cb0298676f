/**
 * Who may import whom: a room's own files, and what its row names. Everything else is forbidden. `docs/architecture.md` says why.
 * The same table stands, shorter, in `.oxlintrc.json` for the red line in the editor; `test/architecture/imports.test.ts` proves both.
 *
 * @typedef {object} Room
 * @property {string} name
 * @property {string} path
 * @property {readonly string[]} [rooms] other files it may import
 * @property {readonly string[]} [packages]
 * @property {boolean} [node] whether it may import Node's own modules
 */

const core = '^src/core/'
const contract = '^src/contract/'
// What a door may know of the service: how to make one, and the ports it can bring ready-made.
const frontDoor = [
  '^src/main/service/(service|ports|problem|workspace|data-folder|instance-lock)\\.ts$',
  '^src/main/service/(doors|log|secrets|settings|security)/',
  '^src/main/service/rpc/serve-[^/]+\\.ts$',
]
const sessionBus = '^src/main/session-bus/'
const sampleWorkspace = '^src/simulator/launch\\.ts$'

/** @type {readonly Room[]} */
const rooms = [
  { name: 'contract', path: contract, rooms: [core], packages: ['zod', '@orpc/contract'] },
  { name: 'core', path: core, packages: ['temporal-polyfill', 'temporal-spec'] },
  {
    name: 'service',
    path: '^src/main/service/',
    rooms: [core, contract, '^resources/policies/'],
    packages: [
      'zod',
      'temporal-polyfill',
      '@orpc/server',
      '@orpc/contract',
      'better-sqlite3',
      'node-zendesk',
      '@gitbeaker/',
      'ical.js',
      'conf',
      'pino',
      'yaml',
    ],
    node: true,
  },
  {
    name: 'desktop',
    path: '^src/main/(desktop/|index\\.ts$)',
    rooms: [core, contract, sampleWorkspace, ...frontDoor],
    packages: ['electron', 'electron-store', '@orpc/server', 'zod'],
    node: true,
  },
  {
    name: 'session-bus',
    path: sessionBus,
    rooms: ['^src/main/service/ports\\.ts$'],
    packages: ['@jellybrick/dbus-next'],
    node: true,
  },
  {
    name: 'web',
    path: '^src/main/web/',
    rooms: [core, contract, sampleWorkspace, sessionBus, ...frontDoor],
    packages: ['ws', '@orpc/server', 'zod'],
    node: true,
  },
  {
    name: 'cli',
    path: '^src/main/cli/',
    rooms: [core, contract, sampleWorkspace, '^src/main/web/', ...frontDoor],
    packages: ['@orpc/server', '@orpc/contract', 'zod'],
    node: true,
  },
  { name: 'preload', path: '^src/preload/', packages: ['electron'] },
  {
    name: 'renderer',
    path: '^src/renderer/',
    rooms: [core, contract],
    packages: [
      'react',
      'react-dom',
      '@base-ui/react',
      '@tanstack/',
      '@orpc/client',
      '@orpc/contract',
      '@orpc/tanstack-query',
      'dompurify',
      'temporal-polyfill',
      'vite',
    ],
  },
  { name: 'simulator', path: '^src/simulator/', packages: ['zod'], node: true },
]

/** A vendor's library is known in one folder only, so that it can be replaced there. */
const vendors = [
  { package: 'better-sqlite3', only: '^src/main/service/db/' },
  { package: 'node-zendesk', only: '^src/main/service/zendesk/' },
  { package: '@gitbeaker/', only: '^src/main/service/gitlab/' },
  { package: 'ical.js', only: '^src/main/service/calendar/' },
  { package: 'conf', only: '^src/main/service/settings/' },
  { package: 'pino', only: '^src/main/service/log/' },
  { package: 'yaml', only: '^src/main/service/yaml/' },
  { package: 'electron', only: '^src/(main/(desktop/|index\\.ts$)|preload/)' },
  { package: 'electron-store', only: '^src/main/desktop/' },
  { package: 'ws', only: '^src/main/web/' },
  { package: '@jellybrick/dbus-next', only: sessionBus },
  { package: 'dompurify', only: '^src/renderer/' },
]

/** @param {string} name a package, or a scope when it ends with a slash */
function packagePath(name) {
  return `node_modules/(@types/)?${name.endsWith('/') ? name : `${name}/`}`
}

/**
 * @param {Room} room
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function roomRule({ name, path, rooms: others = [], packages = [], node = false }) {
  return {
    name: `${name}-imports`,
    comment: `${name} may import ${[...others, ...packages, ...(node ? ['node:*'] : [])].join(', ') || 'nothing'} besides itself`,
    severity: 'error',
    from: { path },
    to: { pathNot: [path, ...others, ...packages.map(packagePath)], ...(node ? { dependencyTypesNot: ['core'] } : {}) },
  }
}

/**
 * @param {{ package: string, only: string }} vendor
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function vendorRule({ package: name, only }) {
  return {
    name: `vendor-${name.replace(/\W+/g, '-').replace(/^-|-$/g, '')}`,
    comment: `${name} is known only in ${only}`,
    severity: 'error',
    from: { path: '^src/', pathNot: only },
    to: { path: packagePath(name) },
  }
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...rooms.map(roomRule),
    ...vendors.map(vendorRule),
    {
      name: 'features-apart',
      comment: 'features of the window never import each other; what they share goes down to ui/ or api/',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'window-downwards',
      comment: 'app/ knows features/, features know ui/ and api/, never the other way round',
      severity: 'error',
      from: { path: '^src/renderer/(ui|api|styles)/' },
      to: { path: '^src/renderer/(app|features)/' },
    },
    {
      name: 'window-types-of-contract',
      comment:
        'the window takes types from the contract and checks nothing by itself: zod compiles code, which its policy forbids',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: contract, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-values-of-core',
      comment: 'the contract takes types and lists of words from core, never its rules: they stay behind the service',
      severity: 'error',
      from: { path: contract },
      to: {
        path: core,
        pathNot: [
          '^src/core/(policy|people|tickets|issues)/',
          '^src/core/instant\\.ts$',
          '^src/core/desk/(desk-document|onboarding-policy)\\.ts$',
          '^src/core/guidance/guidance-dimensions\\.ts$',
          '^src/core/handoff/handoff-document\\.ts$',
          '^src/core/return-meeting/return-row\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circular',
      comment: 'two files that need each other are one file, or three',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'resolvable', comment: 'an import of nothing', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shipped-packages',
      comment: 'what the app needs when it runs belongs in dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: ['node_modules/electron/', 'node_modules/@types/', 'node_modules/vite/'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['types', 'module', 'main'],
    },
  },
}
