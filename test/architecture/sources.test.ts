import { homedir } from 'node:os'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '#scripts/project.mjs'
import { projectFiles, projectText, syntaxTree } from '#test/support/project-sources.ts'

const folders = ['src', 'test', 'bench', 'scripts', 'docs', '.ci']
const everything = folders.flatMap((folder) => projectFiles(folder))
const code = everything.filter((file) => /\.(tsx?|mjs)$/.test(file))
const app = code.filter((file) => file.startsWith('src/'))
const papers = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'package.json',
  'package-lock.json',
  '.npmrc',
  'vitest.config.ts',
]

/** Tests that are about how several rooms fit together, and why. */
const aboutSeveral = {
  'test/contract/three-doors.test.ts': 'one suite over every transport that the contract is served on',
}

test('the rules below look at the whole project', () => {
  expect(app.length).toBeGreaterThan(50)
  for (const room of ['contract', 'core', 'main', 'preload', 'renderer', 'simulator']) {
    expect(app.filter((file) => file.startsWith(`src/${room}/`))).not.toEqual([])
  }
})

describe('names', () => {
  test('say what a thing is: no folder or file is called utils, helpers, common, shared, misc or managers', () => {
    expect(everything.filter((file) => vagueIn(file))).toEqual([])
    expect(
      ['src/core/utils/dates.ts', 'src/main/service/sync-manager.ts', 'test/helpers/x.ts', 'src/core/common.ts'].filter(
        (file) => !vagueIn(file),
      ),
    ).toEqual([])
  })

  test('of sources are in kebab-case', () => {
    expect(code.filter((file) => !isKebabCase(file))).toEqual([])
    expect(['src/core/weekLoad.ts', 'src/renderer/ui/Icon.tsx'].filter(isKebabCase)).toEqual([])
  })
})

test('every test mirrors the source it tests: test/a/b.test.ts is for src/a/b.ts, or for the folder src/a/b', () => {
  const sources = new Set(
    everything.filter((file) => /^(src|scripts)\/.*\.(tsx?|mjs|css)$/.test(file)).flatMap(waysToNameIt),
  )
  const tests = code.filter((file) => /^test\/(?!architecture\/|e2e\/|electron\/|support\/).*\.test\.tsx?$/.test(file))
  const lost = tests.filter((file) => !sources.has(file.replace(/^test\//, '').replace(/\.test\.tsx?$/, '')))
  expect(lost).toEqual(Object.keys(aboutSeveral))
})

test('every test lies where some project of vitest looks', () => {
  const run = /^test\/(core|contract|main|preload|simulator|scripts|architecture|renderer|e2e|electron)\//
  expect(
    code.filter((file) => /\.(test|spec)\./.test(file) && !(run.test(file) && /\.test\.tsx?$/.test(file))),
  ).toEqual([])
})

describe('nothing of the machine it was written on', () => {
  const folder = /(?<![\w.])\/(root|work)\//
  const registry = /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)|^\S*registry\s*=/m
  const here = [projectRoot, `${homedir()}/`]

  test('is in a source, a document or a configuration', () => {
    const files = [...everything, ...papers].filter((file) =>
      /\.(tsx?|mjs|json|md|css|html|yml|npmrc)$|\/run$/.test(file),
    )
    const named = files.filter(
      (file) => folder.test(textIfThere(file)) || here.some((path) => textIfThere(file).includes(path)),
    )
    expect(named).toEqual([])
  })

  test('decides where packages come from', () => {
    expect(['package-lock.json', '.npmrc'].filter((file) => registry.test(textIfThere(file)))).toEqual([])
  })

  test('would be recognised', () => {
    expect(folder.test(`see ${['', 'root', 'project'].join('/')}`)).toBe(true)
    expect(registry.test('"resolved": "https://npm.example.com/zod"')).toBe(true)
    expect(registry.test('@scope:registry=https://npm.example.com')).toBe(true)
  })
})

describe('numbers of the handbook', () => {
  /** Shares of work, as numbers or as percentages. */
  const shares = new Set([0.25, 0.5, 0.75, 25, 75])
  /** The folders whose functions are the rules: there, no threshold or default of a policy may be repeated. */
  const rules = /^src\/core\/(clocks|coverage|workload|on-call|guidance|handoff|handback|people|policy)\//
  const ofPolicies = new Set(
    projectFiles('resources/policies', /\.json$/).flatMap((file) => numbersIn(JSON.parse(projectText(file)))),
  )

  test('stand in the policy files only', () => {
    const found = app
      .filter((file) => !file.startsWith('src/simulator/'))
      .flatMap((file) => policyNumbersIn(file, projectText(file)))
    expect(found).toEqual([])
  })

  test.each([
    ['src/core/workload/x.ts', 'export const share = (n: number) => 1 - 0.25 * n'],
    ['src/core/on-call/x.ts', 'export const swap = (n: number) => n >= 2'],
    ['src/core/workload/x.ts', 'const weeks = 8'],
    ['src/core/workload/x.ts', 'export const back = (policy?: { weeks: number }) => policy?.weeks ?? 26'],
    ['src/renderer/ui/x.tsx', `export const text = '25 % less'`],
  ])('are recognised in %s: %s', (file, source) => {
    expect(policyNumbersIn(file, source)).toHaveLength(1)
  })

  function policyNumbersIn(file: string, source: string): string[] {
    return nodesOf(syntaxTree(file, source)).flatMap((node) => {
      if (ts.isNumericLiteral(node)) {
        const value = Number(node.text)
        const decides = rules.test(file) && ofPolicies.has(value) && value > 1 && isThresholdOrDefault(node)
        return shares.has(value) || decides ? [`${file}: ${node.parent.getText()}`] : []
      }
      const text = ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isTemplateHead(node) ? node.text : ''
      return /\b(25|50|75)\s?%/.test(text) && !/gradient|width|height|translate/.test(text)
        ? [`${file}: ${text.trim()}`]
        : []
    })
  }
})

describe('functions', () => {
  test('are at most 60 lines long, functions inside them not counted', () => {
    const sources = app.filter((file) => !file.startsWith('src/main/service/db/migrations/'))
    expect(sources.flatMap((file) => longFunctionsIn(file, projectText(file)))).toEqual([])
  })

  test('are measured without the functions inside them', () => {
    const inner = `  const inner = () => {\n${'    work()\n'.repeat(50)}  }\n`
    expect(longFunctionsIn('x.ts', `function outer() {\n${inner}${inner}}`)).toEqual([])
    expect(longFunctionsIn('x.ts', `function outer() {\n${'  work()\n'.repeat(60)}}`)).toEqual([
      'x.ts: outer, 62 lines',
    ])
  })
})

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

function isThresholdOrDefault(literal: ts.NumericLiteral): boolean {
  const { parent } = literal
  if (!ts.isBinaryExpression(parent)) return ts.isVariableDeclaration(parent) || ts.isParameter(parent)
  return ['<', '<=', '>', '>=', '===', '!==', '??'].includes(parent.operatorToken.getText())
}

function vagueIn(file: string): boolean {
  return /(^|[/-])(utils?|helpers?|commons?|shared|misc|managers?)([./-]|$)/.test(file)
}

function isKebabCase(file: string): boolean {
  return /^([a-z0-9.-]+\/)*[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d|module))*\.(tsx?|mjs)$/.test(file)
}

/** A source by its path without extension, and by the path of each folder it lies in. */
function waysToNameIt(file: string): string[] {
  const parts = file
    .replace(/^src\//, '')
    .replace(/\.\w+$/, '')
    .split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

function textIfThere(file: string): string {
  try {
    return projectText(file)
  } catch {
    return ''
  }
}

function nodesOf(node: ts.Node): ts.Node[] {
  const below: ts.Node[] = []
  ts.forEachChild(node, (child) => void below.push(...nodesOf(child)))
  return [node, ...below]
}

function longFunctionsIn(file: string, source: string): string[] {
  const tree = syntaxTree(file, source)
  const linesOf = (node: ts.Node): number =>
    tree.getLineAndCharacterOfPosition(node.end).line - tree.getLineAndCharacterOfPosition(node.getStart()).line + 1
  const innerOf = (node: ts.Node): ts.Node[] =>
    childrenOf(node).flatMap((child) => (isFunction(child) ? [child] : innerOf(child)))
  return nodesOf(tree)
    .filter(isFunction)
    .flatMap((node) => {
      const inner = innerOf(node)
        .map(linesOf)
        .filter((lines) => lines > 1)
      const own = linesOf(node) - inner.reduce((sum, lines) => sum + lines, 0)
      return own > 60 ? [`${file}: ${nameOf(node)}, ${own} lines`] : []
    })
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => void children.push(child))
  return children
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  return node.name?.getText() ?? 'a function without a name'
}
