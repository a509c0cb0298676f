import { expect, test } from 'vitest'
import { syncOnResume } from '#main/desktop/power.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'

test('the sources are read when the computer wakes, each time', () => {
  const powerMonitor = new EmitterStandIn()
  let syncs = 0
  syncOnResume(powerMonitor, () => (syncs += 1))
  powerMonitor.fire('suspend')
  expect(syncs).toBe(0)
  powerMonitor.fire('resume')
  powerMonitor.fire('resume')
  expect(syncs).toBe(2)
})
