import { lstatSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, sep } from 'node:path'
import type { Configuration } from 'app-builder-lib'
import type { FileMatcher } from 'app-builder-lib/out/fileMatcher.js'
import { getConfig } from 'app-builder-lib/out/util/config/config.js'
import { projectRoot } from '#scripts/project.mjs'

/** The part of electron-builder that chooses files. It is not in its types, so it is described here as far as it is used. */
interface FileChoice {
  readonly FileMatcher: new (from: string, to: string, expand: Expand, patterns: readonly string[]) => FileMatcher
  getMainFileMatchers(
    appDir: string,
    destination: string,
    expand: Expand,
    platformOptions: object,
    platformPackager: object,
    outDir: string,
    isElectronCompile: boolean,
  ): FileMatcher[]
  getNodeModuleFileMatcher(
    appDir: string,
    destination: string,
    expand: Expand,
    platformOptions: object,
    packager: object,
  ): FileMatcher
}
interface ModuleFiles {
  readonly NodeModuleCopyHelper: new (
    matcher: FileMatcher,
    packager: object,
  ) => {
    collectNodeModules(
      module: { name: string; dir: string },
      excludedExtensions: string[],
      destination: string,
    ): Promise<string[]>
  }
}
type Expand = (pattern: string) => string

const require = createRequire(import.meta.url)
const {
  FileMatcher: Matcher,
  getMainFileMatchers,
  getNodeModuleFileMatcher,
} = require('app-builder-lib/out/fileMatcher.js') as FileChoice
const { NodeModuleCopyHelper } = require('app-builder-lib/out/util/NodeModuleCopyHelper.js') as ModuleFiles

/** A platform and processor that packages are made for. */
export interface PackageTarget {
  readonly platform: 'mac' | 'win' | 'linux'
  readonly arch: 'x64' | 'arm64' | 'universal'
}

const root = projectRoot.replace(/[\\/]$/, '')

/** The configuration as electron-builder reads it, its defaults filled in. */
export function packageConfiguration(): Promise<Configuration> {
  return getConfig(root, 'electron.builder.yml', null)
}

/** What electron-builder's own classes ask of its packager. */
function packager(config: Configuration) {
  return {
    config,
    info: {
      projectDir: root,
      buildResourcesDir: 'build',
      isPrepackedAppAsar: false,
      config,
      debugLogger: { isEnabled: false },
    },
    debugLogger: { isEnabled: false },
    appInfo: { type: 'module' },
    getWorkspaceRoot: async () => root,
  }
}

const expand =
  (target: PackageTarget): Expand =>
  (pattern) =>
    pattern.replaceAll('${arch}', target.arch)

/** Which of the project's own files would be packaged; `files` are paths from its root, whether or not they are there. */
export function packagedProjectFiles(config: Configuration, target: PackageTarget, files: readonly string[]): string[] {
  const outDir = join(root, String(config.directories?.output))
  const platformOptions = config[target.platform] ?? {}
  const matchers = getMainFileMatchers(
    root,
    '/package',
    expand(target),
    platformOptions,
    packager(config),
    outDir,
    false,
  )
  const filters = matchers.map((matcher) => {
    // As its file walker does: exclusions alone mean everything else.
    if (matcher.isEmpty() || matcher.containsOnlyIgnore()) matcher.prependPattern('**/*')
    return matcher.createFilter()
  })
  const file = lstatSync(join(root, 'package.json'))
  return files.filter((path) => filters.some((matches) => matches(join(root, path), file)))
}

/** Which files of the packages that the app needs when it runs would be packaged. */
export async function packagedModuleFiles(config: Configuration, target: PackageTarget): Promise<string[]> {
  const stub = packager(config)
  const patterns = getNodeModuleFileMatcher(
    root,
    '/package',
    expand(target),
    config[target.platform] ?? {},
    stub,
  ).patterns
  const found: string[] = []
  for (const folder of shippedPackages()) {
    const dir = join(root, folder)
    const matcher = new Matcher(dir, join('/package', folder), expand(target), patterns)
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const helper = new NodeModuleCopyHelper(matcher, stub)
    const files = await helper.collectNodeModules({ name, dir }, ['.o', '.obj'], folder)
    found.push(...files.map((file) => relative(root, file).replaceAll(sep, '/')))
  }
  return found
}

/** Folders of the packages that production needs and this machine has, from the lock file. */
export function shippedPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<
      Record<string, { readonly dev?: boolean; readonly devOptional?: boolean; readonly peer?: boolean }>
    >
  }
  return Object.entries(lock.packages)
    .filter(([folder, { dev, devOptional }]) => folder.startsWith('node_modules/') && !dev && !devOptional)
    .map(([folder]) => folder)
    .filter((folder) => lstatSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory())
}
