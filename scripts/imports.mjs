import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from './project.mjs'

// `npm run imports`: dependency-cruiser over the project, and a guard that it looked at every file. With a parser it does not
// understand it reports success over nothing.

const { values } = parseArgs({ options: { root: { type: 'string', default: projectRoot } } })
const looked = ['src', 'test', 'bench', 'scripts'].filter((folder) => existsSync(join(values.root, folder)))
const { modules, violations } = cruise(values.root)
const unseen = sourcesIn(values.root).filter((file) => !modules.has(file))

for (const { rule, from, to } of violations) console.log(`${from}\n    may not import ${to} (${rule.name})`)
for (const file of unseen) console.log(`${file}\n    was not looked at`)
console.log(`${modules.size} modules looked at, ${violations.length} forbidden imports, ${unseen.length} files missed`)
process.exitCode = modules.size > 0 && violations.length === 0 && unseen.length === 0 ? 0 : 1

/**
 * @param {string} root
 * @returns {{ modules: Set<string>, violations: { rule: { name: string }, from: string, to: string }[] }}
 */
function cruise(root) {
  const program = join(projectRoot, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [program, ...looked, '--config', '.dependency-cruiser.mjs', '--output-type', 'json'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  )
  if (stdout === '') throw new Error(`dependency-cruiser ended with code ${status}: ${stderr}`)
  const result = JSON.parse(stdout)
  return {
    modules: new Set(result.modules.map((/** @type {{ source: string }} */ module) => module.source)),
    violations: result.summary.violations,
  }
}

/** @param {string} root */
function sourcesIn(root) {
  const files = looked.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  return files
    .map((file) => file.replaceAll(sep, '/'))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts'))
}
