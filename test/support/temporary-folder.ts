import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new empty folder, and what removes it with all that is in it. */
export function makeTemporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-test-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A new empty folder that is removed when the running test is over. */
export function temporaryFolder(): string {
  const { folder, remove } = makeTemporaryFolder()
  onTestFinished(remove)
  return folder
}
