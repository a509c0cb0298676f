import { afterAll, beforeAll, expect, test } from 'vitest'
import { join } from 'node:path'
import { projectRoot } from '#scripts/project.mjs'
import { plantedCopy, type PlantedCopy } from '#test/support/planted-copy.ts'
import { runScript } from '#test/support/run-tool.ts'

const mistakes = [
  {
    what: 'the wall clock in core',
    file: 'src/core/planted-now.ts',
    rule: 'no-restricted-globals',
    source: 'export const now = (): number => Date.now()',
  },
  {
    what: 'a date of now in core',
    file: 'src/core/planted-date.ts',
    rule: 'no-restricted-globals',
    source: 'export const today = (): Date => new Date()',
  },
  {
    what: 'the clock of Temporal in core',
    file: 'src/core/planted-temporal.ts',
    rule: 'no-restricted-properties',
    source: `import { Temporal } from 'temporal-polyfill'\nexport const now = (): number => Temporal.Now.instant().epochMilliseconds`,
  },
  {
    what: 'chance in core',
    file: 'src/core/planted-random.ts',
    rule: 'no-restricted-properties',
    source: 'export const luck = (): number => Math.random()',
  },
  {
    what: 'a promise nobody waits for',
    file: 'src/main/service/planted-promise.ts',
    rule: 'no-floating-promises',
    source: 'const work = async (): Promise<void> => {}\nexport const start = (): void => {\n  work()\n}',
  },
  {
    what: 'a forgotten case',
    file: 'src/main/service/planted-switch.ts',
    rule: 'switch-exhaustiveness-check',
    source: `export function word(kind: 'a' | 'b'): string | undefined {\n  switch (kind) {\n    case 'a':\n      return 'A'\n  }\n  return undefined\n}`,
  },
  {
    what: 'any',
    file: 'src/main/service/planted-any.ts',
    rule: 'no-explicit-any',
    source: 'export const anything = (value: any): unknown => value',
  },
  {
    what: 'a default export',
    file: 'src/main/service/planted-default.ts',
    rule: 'no-default-export',
    source: 'export default 1',
  },
  {
    what: 'a print from the service',
    file: 'src/main/service/planted-print.ts',
    rule: 'no-console',
    source: `console.log('here')\nexport {}`,
  },
  {
    what: 'raw HTML in the window',
    file: 'src/renderer/ui/planted-html.tsx',
    rule: 'no-danger',
    source: `export const Raw = () => <p dangerouslySetInnerHTML={{ __html: 'x' }} />`,
  },
  {
    what: 'a file beyond 400 lines',
    file: 'src/main/service/planted-long.ts',
    rule: 'max-lines',
    source: 'export const line = [\n  1,\n' + '  2,\n'.repeat(400) + ']',
  },
  {
    what: 'a test that is left out',
    file: 'test/core/planted.test.ts',
    rule: 'no-disabled-tests',
    source: `import { expect, test } from 'vitest'\ntest.skip('is left out', () => {\n  expect(1).toBe(1)\n})`,
  },
] as const

let copy: PlantedCopy
let lint: string

beforeAll(async () => {
  copy = plantedCopy(Object.fromEntries(mistakes.map(({ file, source }) => [file, `${source}\n`])))
  const oxlint = join(projectRoot, 'node_modules', 'oxlint', 'bin', 'oxlint')
  lint = (await runScript(oxlint, ['--format', 'unix', 'src', 'test'], { cwd: copy.root })).stdout
})

afterAll(() => copy.remove())

test.each(mistakes)('lint catches $what', ({ file, rule }) => {
  const lines = lint.split('\n').filter((line) => line.startsWith(`${file}:`))
  expect(lines.join('\n')).toMatch(new RegExp(`[(]${rule}[)]`))
})
