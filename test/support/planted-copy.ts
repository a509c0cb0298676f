import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { projectRoot } from '#scripts/project.mjs'

/** What the tools need besides the sources. */
const configuration = [
  'package.json',
  'tsconfig.base.json',
  '.oxlintrc.json',
  '.dependency-cruiser.mjs',
  'resources/policies',
]

/** A copy of the project's sources with files added that break its rules, for running the real tools on. */
export interface PlantedCopy {
  readonly root: string
  remove(): void
}

/**
 * Copies the sources into a temporary folder and plants files there. Packages are linked, not copied; what tools remember between
 * runs stays apart, so the real project's memory is not touched.
 */
export function plantedCopy(planted: Readonly<Record<string, string>>): PlantedCopy {
  const root = mkdtempSync(join(tmpdir(), 'understudy-planted-'))
  cpSync(join(projectRoot, 'src'), join(root, 'src'), { recursive: true })
  for (const path of configuration) cpSync(join(projectRoot, path), join(root, path), { recursive: true })
  linkPackages(root)
  for (const [path, source] of Object.entries(planted)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), source)
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

function linkPackages(root: string): void {
  mkdirSync(join(root, 'node_modules'))
  for (const name of readdirSync(join(projectRoot, 'node_modules')).filter((entry) => entry !== '.cache')) {
    symlinkSync(join(projectRoot, 'node_modules', name), join(root, 'node_modules', name), 'junction')
  }
}
