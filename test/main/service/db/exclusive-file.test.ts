import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openExclusiveFile } from '#service/db/exclusive-file.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

test('a file is held by one at a time and free after release', () => {
  const path = join(temporaryFolder(), 'instance.lock')
  const first = openExclusiveFile(path)
  expect(first).not.toBeNull()
  expect(openExclusiveFile(path)).toBeNull()
  first?.release()
  first?.release()
  const second = openExclusiveFile(path)
  expect(second).not.toBeNull()
  second?.release()
})

test('something else of that name does not keep Understudy from starting', () => {
  const path = join(temporaryFolder(), 'instance.lock')
  writeFileSync(path, 'this is no lock file, whatever it is, and it is long enough to be looked at')
  const held = openExclusiveFile(path)
  expect(held).not.toBeNull()
  expect(openExclusiveFile(path)).toBeNull()
  held?.release()
})
