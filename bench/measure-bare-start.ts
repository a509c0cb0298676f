import { spawnSync } from 'node:child_process'

/** Measures how long Node itself takes to start and end. */
const startedAt = performance.now()
spawnSync(process.execPath, ['-e', '0'])
process.stdout.write(JSON.stringify({ ms: performance.now() - startedAt }))
