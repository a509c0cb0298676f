import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { electronBinary } from '#scripts/electron-binary.mjs'
import { projectRoot } from '#scripts/project.mjs'

/** The exit code of a suite that did not run: neither a pass nor a failure of the app. */
const didNotRun = 3

/** Ends the run where there is no Electron, so that nobody takes it for a pass. */
export function setup(): void {
  const reason = reasonNotToRun()
  if (reason === undefined) return
  console.error(`The Electron tests did not run: ${reason}.`)
  process.exit(didNotRun)
}

function reasonNotToRun(): string | undefined {
  if (electronBinary(projectRoot) === undefined) {
    return "Electron's program is not here (npx install-electron fetches it)"
  }
  if (!existsSync(join(projectRoot, 'out', 'main', 'index.js'))) {
    return 'the app is not built (npm run build builds it)'
  }
  return undefined
}
