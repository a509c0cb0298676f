import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { join } from 'node:path'
import { projectRoot } from '#scripts/project.mjs'
import { plantedCopy, type PlantedCopy } from '#test/support/planted-copy.ts'
import { runScript } from '#test/support/run-tool.ts'

interface Planted {
  readonly from: string
  readonly imports: string
  /** Rule of dependency-cruiser that has to say no; undefined where the import is allowed. */
  readonly rule: string | undefined
  /** What only the resolved graph shows, no single line. */
  readonly onlyInGraph?: boolean
}

/** One file per room that others may try to import. */
const targets = [
  'src/core/planted-target.ts',
  'src/core/workload/planted-target.ts',
  'src/contract/planted-target.ts',
  'src/main/service/db/planted-target.ts',
  'src/main/desktop/planted-target.ts',
  'src/main/web/planted-target.ts',
  'src/main/session-bus/planted-target.ts',
  'src/preload/planted-target.ts',
  'src/renderer/ui/planted-target.ts',
  'src/renderer/features/planted-one/planted-target.ts',
  'src/simulator/planted-target.ts',
  'src/simulator/launch.ts',
  'test/planted-target.ts',
]

const forbidden: readonly Planted[] = [
  no('src/core', 'node:fs', 'core-imports'),
  no('src/core', 'zod', 'core-imports'),
  no('src/core', '#contract/planted-target.ts', 'core-imports'),
  no('src/core', '#service/db/planted-target.ts', 'core-imports'),
  no('src/contract', 'node:fs', 'contract-imports'),
  no('src/contract', 'react', 'contract-imports'),
  no('src/contract', '#service/db/planted-target.ts', 'contract-imports'),
  { ...no('src/contract', '#core/workload/planted-target.ts', 'contract-values-of-core'), onlyInGraph: true },
  no('src/main/service/sync', '#main/web/planted-target.ts', 'service-imports'),
  no('src/main/service/sync', '#renderer/ui/planted-target.ts', 'service-imports'),
  no('src/main/service/sync', '#simulator/launch.ts', 'service-imports'),
  no('src/main/service/sync', 'react', 'service-imports'),
  no('src/main/service/sync', '#test/planted-target.ts', 'service-imports'),
  no('src/main/service/sync', 'electron', 'vendor-electron'),
  no('src/main/service/sync', 'electron-store', 'vendor-electron-store'),
  no('src/main/service/sync', 'better-sqlite3', 'vendor-better-sqlite3'),
  no('src/main/service/gitlab', 'node-zendesk', 'vendor-node-zendesk'),
  no('src/main/service/zendesk', '@gitbeaker/rest', 'vendor-gitbeaker'),
  no('src/main/service/sync', 'ical.js', 'vendor-ical-js'),
  no('src/main/service/db', 'conf', 'vendor-conf'),
  no('src/main/service/sync', 'pino', 'vendor-pino'),
  no('src/main/service/rpc', 'ws', 'vendor-ws'),
  no('src/main/service/sync', 'dompurify', 'vendor-dompurify'),
  no('src/main/desktop', '#service/db/planted-target.ts', 'desktop-imports'),
  no('src/main/desktop', '#simulator/planted-target.ts', 'desktop-imports'),
  no('src/main/desktop', '#main/web/planted-target.ts', 'desktop-imports'),
  no('src/main/desktop', 'ws', 'vendor-ws'),
  no('src/main/web', '#service/db/planted-target.ts', 'web-imports'),
  no('src/main/web', '#simulator/planted-target.ts', 'web-imports'),
  no('src/main/web', '#main/desktop/planted-target.ts', 'web-imports'),
  no('src/main/web', 'electron', 'vendor-electron'),
  no('src/main/cli', '#service/db/planted-target.ts', 'cli-imports'),
  no('src/main/cli', '#main/desktop/planted-target.ts', 'cli-imports'),
  no('src/main/cli', 'ws', 'vendor-ws'),
  no('src/main/session-bus', '#service/db/planted-target.ts', 'session-bus-imports'),
  no('src/main/session-bus', '#main/web/planted-target.ts', 'session-bus-imports'),
  no('src/main/session-bus', 'ws', 'vendor-ws'),
  no('src/main/web', '@jellybrick/dbus-next', 'vendor-jellybrick-dbus-next'),
  no('src/main/desktop', '#main/session-bus/planted-target.ts', 'desktop-imports'),
  no('src/main/service/doors', '#main/session-bus/planted-target.ts', 'service-imports'),
  no('src/preload', 'node:fs', 'preload-imports'),
  no('src/preload', '#contract/planted-target.ts', 'preload-imports'),
  no('src/preload', 'zod', 'preload-imports'),
  no('src/renderer/api', 'node:fs', 'renderer-imports'),
  no('src/renderer/api', '#service/db/planted-target.ts', 'renderer-imports'),
  no('src/renderer/api', '#simulator/launch.ts', 'renderer-imports'),
  no('src/renderer/api', 'electron', 'vendor-electron'),
  no('src/renderer/api', 'pino', 'vendor-pino'),
  { ...no('src/renderer/api', '#contract/planted-target.ts', 'window-types-of-contract'), onlyInGraph: true },
  no('src/renderer/features/planted-two', '../planted-one/planted-target.ts', 'features-apart', { onlyInGraph: true }),
  no('src/renderer/features/planted-two', '#renderer/features/planted-one/planted-target.ts', 'features-apart'),
  no('src/renderer/ui', '#renderer/features/planted-one/planted-target.ts', 'window-downwards', { onlyInGraph: true }),
  no('src/simulator', '#core/planted-target.ts', 'simulator-imports'),
  no('src/simulator', '#contract/planted-target.ts', 'simulator-imports'),
  no('src/simulator', '#service/db/planted-target.ts', 'simulator-imports'),
  no('src/simulator', 'better-sqlite3', 'simulator-imports'),
  no('src/main/service/sync', './no-such-file.ts', 'resolvable', { onlyInGraph: true }),
  no('src/main/service/sync', 'vitest', 'shipped-packages'),
]

const allowed: readonly Planted[] = [
  yes('src/core', 'temporal-polyfill'),
  yes('src/contract', 'zod'),
  yes('src/main/service/db', 'better-sqlite3'),
  yes('src/main/service/zendesk', 'node-zendesk'),
  yes('src/main/service/gitlab', '@gitbeaker/rest'),
  yes('src/main/service/calendar', 'ical.js'),
  yes('src/main/service/settings', 'conf'),
  yes('src/main/service/log', 'pino'),
  yes('src/main/service/sync', '#core/planted-target.ts'),
  yes('src/main/desktop', 'electron'),
  yes('src/main/web', 'ws'),
  yes('src/main/web', '#simulator/launch.ts'),
  yes('src/main/web', '#main/session-bus/planted-target.ts'),
  yes('src/main/session-bus', '@jellybrick/dbus-next'),
  yes('src/main/session-bus', '#service/ports.ts'),
  yes('src/main/cli', '#service/service.ts'),
  yes('src/preload', 'electron'),
  yes('src/renderer/features/planted-one', '#renderer/ui/planted-target.ts'),
  yes('src/simulator', 'node:http'),
]

const plants = [...forbidden, ...allowed].map((planted, index) => ({
  ...planted,
  file: `${planted.from}/planted-${index}.ts`,
}))
const circle = ['src/core/planted-circle-a.ts', 'src/core/planted-circle-b.ts'] as const

let copy: PlantedCopy
let graph: string
let lint: string

beforeAll(async () => {
  copy = plantedCopy({
    ...Object.fromEntries(targets.map((file) => [file, 'export const target = 1\n'])),
    ...Object.fromEntries(
      plants.map(({ file, imports }) => [file, `import * as planted from '${imports}'\nexport const kept = planted\n`]),
    ),
    [circle[0]]: `import { b } from './planted-circle-b.ts'\nexport const a = (): unknown => b\n`,
    [circle[1]]: `import { a } from './planted-circle-a.ts'\nexport const b = (): unknown => a\n`,
  })
  const oxlint = join(projectRoot, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const [cruised, linted] = await Promise.all([
    runScript(join(projectRoot, 'scripts', 'imports.mjs'), ['--root', copy.root]),
    runScript(oxlint, ['--format', 'unix', 'src'], { cwd: copy.root }),
  ])
  graph = cruised.stdout
  lint = linted.stdout
    .split('\n')
    .filter((line) => line.includes('(no-restricted-imports)'))
    .join('\n')
})

afterAll(() => copy.remove())

describe('the graph of imports', () => {
  test.each(plants.filter(({ rule }) => rule))('$from may not import $imports ($rule)', ({ file, rule }) => {
    expect(rulesBrokenBy(file)).toContain(rule)
  })

  test.each(plants.filter(({ rule }) => !rule))('$from may import $imports', ({ file }) => {
    expect(rulesBrokenBy(file)).toEqual([])
  })

  test('refuses two files that import each other', () => {
    expect(circle.flatMap(rulesBrokenBy)).toContain('no-circular')
  })

  test('is looked at in every file', () => {
    expect(graph).toMatch(/, 0 files missed\n$/)
  })
})

describe('the red line in the editor', () => {
  test.each(plants.filter(({ rule, onlyInGraph }) => rule && !onlyInGraph))(
    'is under $imports in $from',
    ({ file }) => {
      expect(lint).toContain(`${file}:1:`)
    },
  )

  test.each(plants.filter(({ rule }) => !rule))('is not under $imports in $from', ({ file }) => {
    expect(lint).not.toContain(`${file}:`)
  })
})

function rulesBrokenBy(file: string): string[] {
  const lines = graph.split('\n')
  return lines.flatMap((line, index) => (line === file ? (/\((\S+)\)$/.exec(lines[index + 1] ?? '')?.[1] ?? []) : []))
}

function no(from: string, imports: string, rule: string, more: Partial<Planted> = {}): Planted {
  return { from, imports, rule, ...more }
}

function yes(from: string, imports: string): Planted {
  return { from, imports, rule: undefined }
}
