import { expect, test } from 'vitest'
import { keepTrayCurrent } from '#main/desktop/keep-tray-current.ts'
import type { TrayView } from '#main/desktop/tray-view.ts'
import type { Service } from '#service/service.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

/** A service that answers the nine questions of the tray, a delay that the test lets pass, and a tray that remembers. */
function keptTray() {
  const views: TrayView[] = []
  const timers: { ms: number; run: () => void; cancelled: boolean }[] = []
  const log = createSilentLog()
  const state = { alerts: 0, fails: false, listeners: 0, coverages: [] as object[], packets: [] as object[], asked: 0 }
  let listener: Parameters<Service['onChange']>[0] | undefined
  const client = {
    app: {
      status: async () => {
        if (state.fails) throw new Error('no database')
        return { sync: 'idle', workspace: 'real', unopenedAlerts: state.alerts }
      },
    },
    tickets: { queue: async () => ({ rows: [], total: 0, breached: 0, now: 0 }) },
    coverage: { list: async () => ({ coverages: state.coverages, now: 0 }) },
    handoffs: {
      async list() {
        state.asked += 1
        return { packets: state.packets, now: 0 }
      },
    },
    alerts: { list: async () => ({ quiet: { reason: 'none', until: null, words: '', held: 0 } }) },
    accounts: { list: async () => ({ accounts: [], now: 0 }) },
    settings: { get: async () => ({ trayCount: true }) },
    workload: {
      week: async () => ({ allowed: 1, taken: 0, possible: true, baseline: { origin: 'set' } }),
      day: async () => ({ share: 1, possible: true }),
    },
  }
  const service = {
    // The other procedures and fields are not asked for here.
    client: client as unknown as Service['client'],
    onChange(hear: Parameters<Service['onChange']>[0]) {
      listener = hear
      state.listeners += 1
      return () => void (state.listeners -= 1)
    },
  } satisfies Pick<Service, 'client' | 'onChange'>
  const stop = keepTrayCurrent({
    service,
    log,
    tray: { show: (view) => void views.push(view) },
    delay(ms, run) {
      const timer = { ms, run, cancelled: false }
      timers.push(timer)
      return () => void (timer.cancelled = true)
    },
  })
  const pending = () => timers.filter(({ cancelled }) => !cancelled)
  const pass = () => {
    for (const timer of pending()) {
      timer.cancelled = true
      timer.run()
    }
  }
  return {
    views,
    pending,
    pass,
    stop,
    log,
    state,
    change: () => listener?.({ epoch: 'e', seq: 1, kind: 'tickets', ids: [] }),
  }
}

test('the tray is drawn at the start, and again every minute because deadlines pass', async () => {
  const { views, pending, pass } = keptTray()
  await expect.poll(() => pending().map(({ ms }) => ms)).toEqual([60_000])
  expect(views).toHaveLength(1)
  pass()
  await expect.poll(() => views.length).toBe(2)
})

test('a burst of changes is drawn once', async () => {
  const { views, pending, pass, change, state } = keptTray()
  await expect.poll(() => pending().length).toBe(1)
  state.alerts = 2
  for (let times = 0; times < 50; times += 1) change()
  expect(pending().map(({ ms }) => ms)).toEqual([250])
  pass()
  await expect.poll(() => views.map(({ count }) => count)).toEqual([0, 2])
})

test('a failure is logged, the last view stays, and the next minute tries again', async () => {
  const { views, pending, pass, log, state } = keptTray()
  await expect.poll(() => pending().length).toBe(1)
  state.fails = true
  pass()
  await expect.poll(() => log.lines.map(({ level }) => level)).toEqual(['error'])
  expect(views).toHaveLength(1)
  await expect.poll(() => pending().map(({ ms }) => ms)).toEqual([60_000])
})

test('after the stop nothing listens, waits or draws', async () => {
  const { views, pending, stop, state, change } = keptTray()
  await expect.poll(() => pending().length).toBe(1)
  stop()
  change()
  expect({
    listeners: state.listeners,
    waiting: pending().filter(({ ms }) => ms === 60_000),
    drawn: views.length,
  }).toEqual({
    listeners: 0,
    waiting: [],
    drawn: 1,
  })
})

test('what is to be gone over again is counted of the accounts I cover, and not asked for where there are none', async () => {
  const { views, pass, pending, state } = keptTray()
  const accounts = [{ stale: 1, notReviewed: 2 }]
  state.packets = [
    { role: 'cover', phase: 'running', accounts: [...accounts, { stale: 1, notReviewed: 0 }] },
    { role: 'cover', phase: 'past', accounts },
    { role: 'ase', phase: 'running', accounts },
  ]
  const handoffs = () =>
    views
      .at(-1)
      ?.entries.flatMap((entry) => (entry.kind === 'command' && entry.command === 'handoff' ? [entry.label] : []))
  await expect.poll(() => pending().length).toBe(1)
  expect(handoffs()).toEqual([])
  expect(state.asked).toBe(0)
  state.coverages = [{ accountName: 'Acme', mine: true, phase: 'running', endsAt: 1 }]
  pass()
  await expect.poll(() => views.length).toBe(2)
  expect(handoffs()).toEqual(['4 handoff lines changed'])
})
