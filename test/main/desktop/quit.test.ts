import type { App } from 'electron'
import { describe, expect, test } from 'vitest'
import { quitInOrder } from '#main/desktop/quit.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

class AppStandIn extends EmitterStandIn {
  readonly exits: (number | undefined)[] = []
  exit = (code?: number) => void this.exits.push(code)
}

function quitting(stop: () => Promise<void>) {
  const app = new AppStandIn()
  const timers: { run: () => void; cancelled: boolean }[] = []
  const log = createSilentLog()
  quitInOrder(app satisfies Pick<App, 'on' | 'exit'>, {
    stop,
    log,
    delay(_ms, run) {
      const timer = { run, cancelled: false }
      timers.push(timer)
      return () => void (timer.cancelled = true)
    },
  })
  const prevented: boolean[] = []
  const quit = () => app.fire('will-quit', { preventDefault: () => void prevented.push(true) })
  return { app, timers, log, quit, prevented }
}

test('closing the last window ends nothing', () => {
  const { app } = quitting(async () => undefined)
  // A listener is what keeps Electron alive.
  expect(app.fire('window-all-closed')).toBe(true)
  expect(app.exits).toEqual([])
})

describe('quitting', () => {
  test('waits until the service has stopped', async () => {
    let finish: () => void = () => undefined
    const { app, timers, quit, prevented } = quitting(() => new Promise((resolve) => (finish = resolve)))
    quit()
    expect({ prevented, exits: app.exits }).toEqual({ prevented: [true], exits: [] })
    finish()
    await expect.poll(() => app.exits).toEqual([0])
    expect(timers.every(({ cancelled }) => cancelled)).toBe(true)
  })

  test('stops the service once, however often it is asked', () => {
    let stops = 0
    const { quit, prevented } = quitting(() => {
      stops += 1
      return new Promise(() => {})
    })
    quit()
    quit()
    expect({ stops, prevented }).toEqual({ stops: 1, prevented: [true, true] })
  })

  test('leaves a service behind that does not stop', () => {
    const { app, timers, quit } = quitting(() => new Promise(() => {}))
    quit()
    timers[0]?.run()
    expect(app.exits).toEqual([0])
  })

  test('says in the log and by its exit code that stopping failed', async () => {
    const { app, log, quit } = quitting(() => Promise.reject(new Error('disk full')))
    quit()
    await expect.poll(() => app.exits).toEqual([1])
    expect(log.lines).toMatchObject([{ level: 'error' }])
  })
})
