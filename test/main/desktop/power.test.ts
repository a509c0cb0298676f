import { expect, test } from 'vitest'
import { wakeOnResume } from '#main/desktop/power.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'

test('the app is told when the computer wakes, each time', () => {
  const powerMonitor = new EmitterStandIn()
  let wakes = 0
  wakeOnResume(powerMonitor, () => (wakes += 1))
  powerMonitor.fire('suspend')
  expect(wakes).toBe(0)
  powerMonitor.fire('resume')
  powerMonitor.fire('resume')
  expect(wakes).toBe(2)
})
