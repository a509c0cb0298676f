import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { openSessionBus } from '#main/session-bus/open-session-bus.ts'
import { subprotocol } from '#main/web/auth.ts'
import type { Notice } from '#service/ports.ts'
import { launchSimulator } from '#simulator/launch.ts'
import type { ContractClient } from '#test/support/doors.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { startProcess } from '#test/support/start-process.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { openNotificationDesktop, type NotificationDesktop } from './notification-desktop.ts'

const notice: Notice = {
  tag: 'alert-1',
  title: 'Acme: new ticket #12, high',
  body: 'R&D says <b>nothing</b> works',
  urgent: false,
  actions: [{ id: 'snooze', words: 'Snooze 1 h' }],
}

/** Processes of the machine answer when they can. */
const patience = { timeout: 20_000 }

describe.runIf(process.platform === 'linux')('notifications of the Linux desktop, with a real server', () => {
  let desktop: NotificationDesktop
  let empty: Buffer
  beforeAll(async () => {
    desktop = await openNotificationDesktop()
    empty = desktop.screen()
  })
  afterAll(() => desktop?.close())

  const isEmpty = () => desktop.screen().equals(empty)
  const lastShown = () => desktop.shown.at(-1)

  async function openNotifier() {
    const said: string[] = []
    const notifier = await openSessionBus({
      platform: 'linux',
      env: { DBUS_SESSION_BUS_ADDRESS: desktop.busAddress },
      report: (sentence) => void said.push(sentence),
      log: createSilentLog(),
    })
    if (!notifier) throw new Error('there is no notifier')
    onTestFinished(() => notifier.disconnect())
    return { notifier, said }
  }

  it('a notice is on the screen, takes the place of the one before it, opens with a click and is gone', async () => {
    const { notifier, said } = await openNotifier()
    const did: string[] = []
    const handlers = { onOpen: () => void did.push('open'), onAction: (id: string) => void did.push(id) }
    expect([notifier.native, notifier.state(), isEmpty()]).toEqual([true, { allowed: 'yes', problem: null }, true])
    notifier.show(notice, handlers)
    await expect.poll(lastShown, patience).toMatchObject({ summary: notice.title, urgency: 'NORMAL' })
    await expect.poll(isEmpty, patience).toBe(false)
    notifier.show({ ...notice, title: 'Acme: ticket #12 breaches', urgent: true }, handlers)
    await expect.poll(lastShown, patience).toMatchObject({ summary: 'Acme: ticket #12 breaches', urgency: 'CRITICAL' })
    await desktop.click('left')
    await expect.poll(() => did, patience).toEqual(['open'])
    // One notification, not two: nothing is left.
    await expect.poll(isEmpty, patience).toBe(true)
    expect(said).toEqual([])
  })

  it('a notice that is taken back is gone from the screen', async () => {
    const { notifier } = await openNotifier()
    notifier.show(notice, { onOpen: () => undefined, onAction: () => undefined })
    await expect.poll(isEmpty, patience).toBe(false)
    notifier.close(notice.tag)
    await expect.poll(isEmpty, patience).toBe(true)
  })

  it('a server that goes is said once, and the next one shows alerts again', async () => {
    const { notifier, said } = await openNotifier()
    await desktop.stopServer()
    await expect.poll(() => [notifier.native, said.length], patience).toEqual([false, 1])
    await desktop.startServer()
    await expect.poll(() => notifier.native, patience).toBe(true)
    notifier.show(notice, { onOpen: () => undefined, onAction: () => undefined })
    await expect.poll(isEmpty, patience).toBe(false)
    await desktop.click('right')
    await expect.poll(isEmpty, patience).toBe(true)
    expect(said).toHaveLength(1)
  })

  it('a new ticket of a covered account comes up on the desktop, and a click opens it, in the browser where no window is open', async () => {
    const now = Date.UTC(2026, 10, 24, 9)
    const folder = temporaryFolder()
    // Stands in for the person's browser.
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${folder}/browser'\n`, { mode: 0o755 })
    const browser = () => (existsSync(join(folder, 'browser')) ? readFileSync(join(folder, 'browser'), 'utf8') : '')
    const simulator = await launchSimulator({ seed: 1, speed: 0, anchor: now, now })
    onTestFinished(() => simulator.stop())
    const { control, workspace } = simulator.description
    const host = startProcess(
      'src/main/web/index.ts',
      ['--no-open', '--port', '0', '--data-dir', temporaryFolder(), '--simulator', control.url],
      {
        DBUS_SESSION_BUS_ADDRESS: desktop.busAddress,
        DISPLAY: ':0',
        PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
      },
    )
    onTestFinished(async () => {
      host.child.kill('SIGTERM')
      expect(await host.finished).toMatchObject({ code: 0 })
    })
    const ask = async (path: string, body: object): Promise<unknown> =>
      (await fetch(new URL(path, control.url), { method: 'POST', body: JSON.stringify(body) })).json()
    const { client, opened, leave } = await connect(await host.line(/#token=/))
    expect((await client.app.status({})).capabilities.nativeNotifications).toBe(true)
    await client.sync.run({})
    await expect.poll(isEmpty, patience).toBe(false)
    // What happens in the sample by itself comes up too, and the person puts it away.
    const putAway = async () => {
      const { alerts } = await client.alerts.list({ open: true })
      if (alerts.length > 0) await client.alerts.dismiss({ ids: alerts.map((alert) => alert.id) })
      await desktop.click('right')
      return alerts.length === 0 && isEmpty()
    }
    await expect.poll(putAway, patience).toBe(true)
    await ask('/advance', { ms: 2 * 60_000 })
    await client.sync.run({})
    await expect.poll(putAway, patience).toBe(true)

    const coverage = workspace.coverages.find(
      ({ coverId, startsAt, endsAt }) => coverId === workspace.meId && startsAt <= now && now < endsAt,
    )
    const account = workspace.accounts.find((one) => one.id === coverage?.accountId)
    const openTicket = async (subject: string) => {
      const ticket = { organization_id: account?.id, subject, priority: 'high' }
      return ((await ask('/tickets', ticket)) as { readonly id: number }).id
    }
    const shownFor = (ticketId: number) => desktop.shown.find(({ body }) => body.includes(`#${ticketId}`))
    const id = await openTicket('R&D cannot <i>push</i>')
    await client.sync.run({})
    const ours = () => shownFor(id)
    await expect.poll(ours, patience).toMatchObject({
      summary: expect.stringContaining(account?.name ?? '') as string,
      body: expect.stringContaining('R&amp;D cannot &lt;i&gt;push&lt;/i&gt;') as string,
    })

    await expect.poll(isEmpty, patience).toBe(false)
    await desktop.click('left')
    await expect.poll(opened, patience).toEqual([String(id)])
    const states = async () => (await client.alerts.list({ ticketId: id })).alerts.map(({ state }) => state)
    await expect.poll(states, patience).toContain('opened')
    expect(browser()).toBe('')

    await expect.poll(putAway, patience).toBe(true)
    const next = await openTicket('With every window closed')
    await client.sync.run({})
    await expect.poll(() => shownFor(next), patience).toBeDefined()
    await expect.poll(isEmpty, patience).toBe(false)
    await leave()
    await desktop.click('left')
    await expect.poll(browser, patience).toMatch(new RegExp(`/open/[^?]+\\?at=/today/ticket/${next}$`))
  })
})

/** A reader of the web host, as the window is one, that hears which tickets are to be opened. */
async function connect(line: string) {
  const url = new URL(/http:\S+/.exec(line)?.[0] ?? '')
  const socket = new WebSocket(`ws://${url.host}/rpc`, [subprotocol, `bearer.${url.hash.slice('#token='.length)}`], {
    origin: url.origin,
  })
  onTestFinished(() => socket.close())
  const client: ContractClient = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
  const opened: string[] = []
  const listening = (async () => {
    for await (const event of await client.events.stream({ epoch: null, since: 0 })) {
      if (event.kind === 'open-ticket') opened.push(...event.ids)
    }
  })()
  listening.catch(() => undefined)
  const leave = async () => {
    const gone = once(socket, 'close')
    socket.close()
    await gone
  }
  return { client, opened: () => opened, leave }
}
