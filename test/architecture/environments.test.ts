import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '#scripts/project.mjs'
import { plantedCopy, type PlantedCopy } from '#test/support/planted-copy.ts'
import { projectFiles } from '#test/support/project-sources.ts'
import { runScript } from '#test/support/run-tool.ts'

/** What does not exist where a room's code may run, and so must not compile there. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  'src/core': [
    'process',
    'fetch',
    'window',
    'document',
    'console',
    'setTimeout',
    'crypto',
    'performance',
    'Buffer',
    'localStorage',
  ],
  'src/contract': ['process', 'window', 'document', 'setTimeout', 'Buffer', 'localStorage'],
  'src/main/service': ['window', 'document'],
  'src/main/session-bus': ['window', 'document'],
  'src/main/web': ['window', 'document'],
  'src/main/cli': ['window', 'document'],
  'src/main/desktop': ['window', 'document'],
  'src/simulator': ['window', 'document'],
  'src/renderer': ['process', 'require', 'Buffer', '__dirname'],
}

/** What does exist there: proof that the planted files were compiled at all. */
const native: Readonly<Record<string, string>> = {
  'src/core': 'Map',
  'src/contract': 'Map',
  'src/main/service': 'process',
  'src/main/session-bus': 'process',
  'src/main/web': 'process',
  'src/main/cli': 'process',
  'src/main/desktop': 'process',
  'src/simulator': 'process',
  'src/renderer': 'document',
}

let copy: PlantedCopy
let errors: string[]

beforeAll(async () => {
  const planted = Object.entries(foreign).map(([room, names]) => [
    `${room}/planted-environment.ts`,
    [...names, native[room], 'noSuchThing'].map((name) => `void ${name}`).join('\n') + '\nexport {}\n',
  ])
  copy = plantedCopy(Object.fromEntries(planted))
  const references = projectFiles('src', /\/tsconfig\.json$/).map((file) => ({ path: `./${dirname(file)}` }))
  writeFileSync(join(copy.root, 'tsconfig.json'), JSON.stringify({ files: [], references }))
  const compiled = await runScript(
    join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc'),
    ['-b', '--pretty', 'false'],
    { cwd: copy.root },
  )
  errors = compiled.stdout.split('\n')
})

afterAll(() => copy.remove())

describe.each(Object.keys(foreign))('%s', (room) => {
  test.each(foreign[room] ?? [])('does not know %s', (name) => {
    expect(isUnknown(room, name)).toBe(true)
  })

  test('is compiled with what it does know', () => {
    expect(isUnknown(room, 'noSuchThing')).toBe(true)
    expect(isUnknown(room, native[room] ?? '')).toBe(false)
  })
})

test('every source of the project is compiled in some room', () => {
  const compiled = new Set(['src', 'test', 'bench', 'scripts'].flatMap(compiledBelow))
  const sources = ['src', 'test', 'bench', 'scripts'].flatMap((folder) => projectFiles(folder, /\.(tsx?|mjs)$/))
  expect(sources.filter((file) => !compiled.has(file))).toEqual([])
})

/** The files that the tsconfigs below a folder take in, as paths from the project's root. */
function compiledBelow(folder: string): string[] {
  return projectFiles(folder, /\/tsconfig\.json$/).flatMap((file) => {
    const { config } = ts.readConfigFile(join(projectRoot, file), ts.sys.readFile)
    const { fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, join(projectRoot, dirname(file)))
    return fileNames.map((name) => relative(projectRoot, name).replaceAll(sep, '/'))
  })
}

function isUnknown(room: string, name: string): boolean {
  return errors.some(
    (line) => line.startsWith(`${room}/planted-environment.ts(`) && line.includes(`Cannot find name '${name}'`),
  )
}
