import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Measures how long the command line takes to answer from a synced workspace. Argument: data folder. */
const [dataDir = ''] = process.argv.slice(2)
const entry = fileURLToPath(new URL('../src/main/cli/index.ts', import.meta.url))
const startedAt = performance.now()
const { status, stdout } = spawnSync(process.execPath, [entry, 'status', '--json', '--data-dir', dataDir], {
  encoding: 'utf8',
})
const ms = performance.now() - startedAt
if (status !== 0 || !stdout.startsWith('{')) throw new Error(`status ended with ${status}: ${stdout}`)
process.stdout.write(JSON.stringify({ ms }))
