import { builtinModules } from 'node:module'
import type { Configuration } from 'app-builder-lib'
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import schema from 'app-builder-lib/scheme.json' with { type: 'json' }
import { minimatch } from 'minimatch'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { appId } from '#main/desktop/prepare-app.ts'
import { linkScheme } from '#main/desktop/deep-link.ts'
import {
  packageConfiguration,
  packagedModuleFiles,
  packagedProjectFiles,
  type PackageTarget,
} from '#test/support/package-contents.ts'
import { projectFiles, projectText, syntaxTree } from '#test/support/project-sources.ts'

let config: Configuration
beforeAll(async () => {
  config = await packageConfiguration()
})

const targets: readonly (PackageTarget & { readonly binaries: readonly string[] })[] = [
  { platform: 'mac', arch: 'universal', binaries: ['darwin-arm64.node', 'darwin-x64.node'] },
  { platform: 'win', arch: 'x64', binaries: ['win32-x64.node'] },
  { platform: 'win', arch: 'arm64', binaries: ['win32-arm64.node'] },
  { platform: 'linux', arch: 'x64', binaries: ['linux-x64.node'] },
  { platform: 'linux', arch: 'arm64', binaries: ['linux-arm64.node'] },
]

describe('electron.builder.yml', () => {
  const debugLogger = { isEnabled: false }

  test('is what electron-builder’s own schema allows', async () => {
    await validateConfiguration(config, debugLogger as never)
    // The check itself is checked.
    await expect(
      validateConfiguration({ ...config, npmRebuilt: false } as never, debugLogger as never),
    ).rejects.toThrow(/npmRebuilt/)
  })

  test('makes the packages that were promised', () => {
    expect(config.mac?.target).toEqual([{ target: 'dmg', arch: ['universal'] }])
    expect(config.win?.target).toEqual([{ target: 'nsis', arch: ['x64', 'arm64'] }])
    expect(config.linux?.target).toEqual(['AppImage', 'deb'].map((target) => ({ target, arch: ['x64', 'arm64'] })))
  })

  test('rebuilds no native module and keeps them outside the archive', () => {
    expect(config).toMatchObject({ npmRebuild: false, nodeGypRebuild: false, asar: true, asarUnpack: ['**/*.node'] })
  })

  test('decides every fuse that electron-builder knows, each to the safe side', () => {
    const known = Object.keys(schema.definitions.FuseOptionsV1.properties)
    expect(Object.keys(config.electronFuses ?? {}).toSorted()).toEqual(known.toSorted())
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      grantFileProtocolExtraPrivileges: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    })
  })

  test('names the app and its links as the code does', () => {
    expect(config.appId).toBe(appId)
    expect(config.protocols).toMatchObject([{ schemes: [linkScheme] }])
  })

  test('uploads nothing', () => {
    expect(config.publish).toBeNull()
  })
})

describe.each(targets)('a package for $platform $arch', (target) => {
  const built = [
    'out/main/index.js',
    'out/main/simulator-worker.js',
    'out/main/chunks/a-1.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/renderer/assets/a-1.css',
  ]
  const left = ['out/main/index.js.map', 'release/x.dmg', 'package-lock.json', '.npmrc', '.env', 'understudy.db']
  const own = ['src', 'test', 'scripts', 'docs', 'bench', 'resources'].flatMap((folder) => projectFiles(folder))

  test('holds what was built, its images and the handbook’s rules, and neither sources nor tests', () => {
    expect(own.length).toBeGreaterThan(200)
    const packaged = packagedProjectFiles(config, target, [
      ...built,
      ...left,
      ...own,
      'package.json',
      'electron.builder.yml',
    ])
    const read = projectFiles('resources', /\.(png|json)$/)
    expect(packaged.toSorted()).toEqual([...built, ...read, 'package.json'].toSorted())
  })

  test('holds its own binary of SQLite and no other, outside the archive', async () => {
    const files = await packagedModuleFiles(config, target)
    const binaries = files.filter((file) => file.endsWith('.node'))
    expect(binaries.toSorted()).toEqual(target.binaries.map((name) => `node_modules/better-sqlite3/prebuilds/${name}`))
    for (const binary of binaries) {
      expect((config.asarUnpack as string[]).some((pattern) => minimatch(binary, pattern, { dot: true }))).toBe(true)
    }
  })
})

describe('the packages inside', () => {
  test('have no TypeScript, no C sources, no tests and no source maps', async () => {
    const files = await packagedModuleFiles(config, { platform: 'linux', arch: 'x64' })
    expect(files.length).toBeGreaterThan(300)
    expect(files.filter((file) => /\.([cm]?tsx?|map|[ch](pp)?|gyp)$|\/(tests?|__tests__)\//.test(file))).toEqual([])
  })

  test('are all that the main process imports', async () => {
    const files = await packagedModuleFiles(config, { platform: 'linux', arch: 'x64' })
    const packaged = new Set(files.map(packageOf))
    const wanted = new Set(
      projectFiles('src', /^src\/(main|contract|core|simulator)\/.*\.ts$/)
        .filter((file) => !/^src\/main\/(web|cli)\//.test(file))
        .flatMap((file) => importsOf(file, projectText(file))),
    )
    expect([...wanted]).toContain('better-sqlite3')
    expect([...wanted].filter((name) => name !== 'electron' && !packaged.has(name))).toEqual([])
  })
})

function packageOf(file: string): string {
  const [first = '', second = ''] = file.replace(/^node_modules\//, '').split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** Packages that a source imports when it runs. */
function importsOf(file: string, source: string): string[] {
  return syntaxTree(file, source).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) {
      return []
    }
    const name = (statement.moduleSpecifier as ts.StringLiteral).text
    const ours =
      name.startsWith('.') || name.startsWith('#') || name.startsWith('node:') || builtinModules.includes(name)
    return ours ? [] : [packageOf(name)]
  })
}
