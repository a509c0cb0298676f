import { describe, expect, test } from 'vitest'
import { openBusNotifier } from '#main/session-bus/bus-notifier.ts'
import type { BusListener, NotificationBus, ServerNotice } from '#main/session-bus/notification-bus.ts'
import type { Notice } from '#service/ports.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

const urgent: Notice = {
  tag: 'alert-1',
  title: 'Acme: breaches in 30 min',
  body: 'R&D <b>down</b>',
  urgent: true,
  actions: [
    { id: 'snooze', words: 'Snooze 1 h' },
    { id: 'dismiss', words: 'Dismiss' },
  ],
}
const all = ['body', 'body-markup', 'actions']
const noServer = new Error('ServiceUnknown')

/** A bus with a server that the test can take away, and time that passes when it says so. */
async function notifierOnStandIn(start: { able?: readonly string[]; connects?: boolean } = {}) {
  const server = {
    able: start.able ?? all,
    present: start.able !== undefined || start.connects !== false,
    silent: false,
  }
  const shown: ServerNotice[] = []
  const closed: number[] = []
  const said: string[] = []
  const did: string[] = []
  const late: (() => void)[] = []
  const waits: (() => void)[] = []
  const bus = { disconnected: false }
  const answer = async <Value>(value: () => Value): Promise<Value> => {
    if (server.silent) await new Promise<void>((resolve) => void late.push(resolve))
    if (!server.present) throw noServer
    return value()
  }
  let listener: BusListener | undefined
  const standIn: NotificationBus = {
    capabilities: () => answer(() => new Set(server.able)),
    notify: (notice) =>
      answer(() => (notice.replaces === 0 ? shown.push(notice) : (shown.push(notice), notice.replaces))),
    close: (id) => answer(() => void closed.push(id)),
    disconnect: () => void (bus.disconnected = true),
  }
  const log = createSilentLog()
  const notifier = await openBusNotifier({
    connect: async (heard) => {
      listener = heard
      if (start.connects === false) throw new Error('connect ENOENT')
      return standIn
    },
    isNoServer: (error) => error === noServer,
    report: (sentence) => void said.push(sentence),
    log,
    wait: () => new Promise((resolve) => void waits.push(resolve)),
  })
  const hear = () => {
    if (!listener) throw new Error('nobody listens')
    return listener
  }
  const show = (notice: Notice) =>
    notifier.show(notice, {
      onOpen: () => void did.push(`open ${notice.tag}`),
      onAction: (id) => void did.push(`${id} ${notice.tag}`),
    })
  return { notifier, server, shown, closed, said, did, late, waits, bus, log, hear, show }
}

describe('a notice', () => {
  test('reaches the server with its words as text, its buttons and its urgency', async () => {
    const { notifier, show, shown } = await notifierOnStandIn()
    expect(notifier.native).toBe(true)
    expect(notifier.state()).toEqual({ allowed: 'yes', problem: null })
    show(urgent)
    await expect
      .poll(() => shown)
      .toEqual([
        {
          replaces: 0,
          summary: 'Acme: breaches in 30 min',
          body: 'R&amp;D &lt;b&gt;down&lt;/b&gt;',
          actions: [
            ['default', 'Open'],
            ['snooze', 'Snooze 1 h'],
            ['dismiss', 'Dismiss'],
          ],
          critical: true,
        },
      ])
  })

  test('has neither buttons nor markup where the server knows none', async () => {
    const { show, shown } = await notifierOnStandIn({ able: ['body'] })
    show({ ...urgent, urgent: false })
    await expect
      .poll(() => shown)
      .toEqual([expect.objectContaining({ body: 'R&D <b>down</b>', actions: [], critical: false })])
  })

  test('is text also where the server says only that markup could hold links', async () => {
    const { show, shown } = await notifierOnStandIn({ able: ['body', 'body-hyperlinks'] })
    show(urgent)
    await expect.poll(() => shown.map(({ body }) => body)).toEqual(['R&amp;D &lt;b&gt;down&lt;/b&gt;'])
  })

  test('takes the place of the one with its tag, also when both come at once', async () => {
    const { show, shown } = await notifierOnStandIn()
    show(urgent)
    show({ ...urgent, body: 'two' })
    show({ ...urgent, tag: 'alert-2' })
    await expect.poll(() => shown.length).toBeGreaterThan(1)
    show({ ...urgent, body: 'three' })
    await expect.poll(() => shown.at(-1)?.body).toBe('three')
    expect(shown.map(({ replaces, body }) => [replaces, body]).slice(-3)).toEqual([
      [0, 'two'],
      [0, 'R&amp;D &lt;b&gt;down&lt;/b&gt;'],
      [1, 'three'],
    ])
  })

  test('is followed or acted on once, by its own number, and then is gone from the screen', async () => {
    const { show, shown, did, closed, hear } = await notifierOnStandIn()
    show(urgent)
    show({ ...urgent, tag: 'alert-2' })
    await expect.poll(() => shown.length).toBe(2)
    hear().onAction(2, 'default')
    hear().onAction(2, 'default')
    hear().onAction(1, 'snooze')
    hear().onAction(77, 'default')
    expect(did).toEqual(['open alert-2', 'snooze alert-1'])
    await expect.poll(() => closed).toEqual([2, 1])
  })

  test('that ran out of time can still be followed from the list; one the person closed cannot', async () => {
    const { show, shown, did, hear } = await notifierOnStandIn()
    show(urgent)
    show({ ...urgent, tag: 'alert-2' })
    await expect.poll(() => shown.length).toBe(2)
    hear().onClosed(1, 1)
    hear().onClosed(2, 2)
    hear().onAction(1, 'default')
    hear().onAction(2, 'default')
    expect(did).toEqual(['open alert-1'])
  })

  test('is taken back, also one that is only on its way', async () => {
    const { notifier, show, shown, closed } = await notifierOnStandIn()
    show(urgent)
    notifier.close('alert-1')
    notifier.close('never-shown')
    show({ ...urgent, tag: 'alert-2' })
    await expect.poll(() => shown.length).toBe(2)
    expect(closed).toEqual([1])
  })
})

describe('a server', () => {
  test('that is not there is said once, and alerts wait for a window', async () => {
    const { notifier, server, said, hear } = await notifierOnStandIn()
    server.present = false
    hear().onServer(false)
    expect(notifier.native).toBe(false)
    await expect.poll(() => said.length).toBe(1)
    hear().onServer(false)
    await expect.poll(() => notifier.state()).toEqual({ allowed: 'no', problem: said[0] })
    expect(said).toEqual([expect.stringContaining('No program of this desktop shows notifications')])
  })

  test('that comes later shows what the former could not take, and nothing else again', async () => {
    const { notifier, server, shown, show, hear } = await notifierOnStandIn()
    show(urgent)
    await expect.poll(() => shown.length).toBe(1)
    server.present = false
    show({ ...urgent, tag: 'alert-2', title: 'Missed' })
    await expect.poll(() => notifier.native).toBe(false)
    server.present = true
    hear().onServer(true)
    await expect.poll(() => shown.map(({ summary }) => summary)).toEqual([urgent.title, 'Missed'])
    expect(notifier.native).toBe(true)
  })

  test('that took another’s place is not asked to replace the other’s numbers', async () => {
    const { shown, show, hear, did } = await notifierOnStandIn()
    show(urgent)
    await expect.poll(() => shown.length).toBe(1)
    hear().onServer(true)
    hear().onAction(1, 'default')
    show(urgent)
    await expect.poll(() => shown.map(({ replaces }) => replaces)).toEqual([0, 0])
    expect(did).toEqual([])
  })

  test('that hangs is gone until its late answer comes', async () => {
    const { notifier, server, show, shown, late, waits, said } = await notifierOnStandIn()
    server.silent = true
    show(urgent)
    await expect.poll(() => late.length).toBe(1)
    waits.at(-1)?.()
    await expect.poll(() => notifier.native).toBe(false)
    expect(said).toHaveLength(1)
    server.silent = false
    late[0]?.()
    await expect.poll(() => notifier.native).toBe(true)
    expect(shown).toHaveLength(1)
  })
})

test('without a bus nothing is native, which is said, and showing does no harm', async () => {
  const { notifier, said, show, shown, log } = await notifierOnStandIn({ connects: false })
  expect(notifier.native).toBe(false)
  show(urgent)
  notifier.close('alert-1')
  expect(shown).toEqual([])
  expect(said).toEqual([expect.stringContaining('cannot be reached')])
  expect(log.lines.map(({ level }) => level)).toEqual(['warn'])
})

test('a bus that breaks is said, and letting go of it says nothing', async () => {
  const broken = await notifierOnStandIn()
  broken.hear().onBroken(new Error('read ECONNRESET'))
  expect([broken.notifier.native, broken.said.length]).toEqual([false, 1])
  const left = await notifierOnStandIn()
  left.notifier.disconnect()
  expect([left.notifier.native, left.said.length, left.bus.disconnected]).toEqual([false, 0, true])
})

test('of very many notices the oldest are let go', async () => {
  const { show, shown, did, hear } = await notifierOnStandIn()
  for (let n = 1; n <= 201; n += 1) show({ ...urgent, tag: `alert-${n}` })
  await expect.poll(() => shown.length).toBe(200)
  hear().onAction(1, 'default')
  expect(did).toEqual(['open alert-2'])
})
