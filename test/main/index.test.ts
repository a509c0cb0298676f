import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { contentSecurityPolicy } from '#service/security/content-security-policy.ts'
import type { SimulatorDescription } from '#simulator/launch.ts'
import { buildMain, startBuiltApp, type BuiltApp } from '#test/support/built-app.ts'
import type { StandInSnapshot } from '#test/support/electron-stand-in.ts'
import { launchSimulator } from '#test/support/simulator.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

/*
 * The built main process under Node, with a stand-in where Electron's program would be. What only Electron can show is on the list in
 * docs/electron-smoke.md.
 */
beforeAll(buildMain, 60_000)

function isSynced({ tray }: StandInSnapshot): boolean {
  const labels = tray?.labels ?? []
  return labels.includes('Sync now') && labels.some((label) => /#\d+ /.test(label))
}

/** Opens an urgent ticket of an account that is covered now, as a customer would. Answers its id. */
async function openTicket({ control, workspace, clock }: SimulatorDescription): Promise<number> {
  const coverage = workspace.coverages.find(
    ({ coverId, startsAt, endsAt }) => coverId === workspace.meId && startsAt <= clock.now && clock.now < endsAt,
  )
  const response = await fetch(new URL('/tickets', control.url), {
    method: 'POST',
    body: JSON.stringify({ organization_id: coverage?.accountId, subject: 'Everything is down', priority: 'urgent' }),
  })
  return ((await response.json()) as { readonly id: number }).id
}

/** Dismisses what the sample brings by itself, so that what comes next comes by itself too. */
async function putAlertsAway(app: BuiltApp): Promise<void> {
  const unopened = async () => {
    const list = await app.act({ do: 'call', procedure: ['alerts', 'list'], input: { open: true } })
    const ids = (list as { readonly alerts: readonly { readonly id: number }[] }).alerts.map(({ id }) => id)
    if (ids.length > 0) await app.act({ do: 'call', procedure: ['alerts', 'dismiss'], input: { ids } })
    return ids
  }
  await expect.poll(unopened, { timeout: 20_000 }).toEqual([])
}

function start(dataDir: string, env: Record<string, string> = {}): BuiltApp {
  // Development passes the project's folder first, as Electron is started.
  return startBuiltApp(['--data-dir', dataDir], { ...env })
}

describe('the built desktop app', { timeout: 60_000 }, () => {
  test('goes from ready over tray, window, sync and notification to quit', async () => {
    const dataDir = temporaryFolder()
    const { description, stop } = await launchSimulator({ seed: 1 })
    onTestFinished(stop)
    const app = startBuiltApp(['--data-dir', dataDir, '--simulator', description.control.url])

    const ready = await app.until('the window is connected', ({ windows }) => windows[0]?.connected === true)
    expect(ready).toMatchObject({
      sandboxed: true,
      deniedPermission: true,
      ipcListeners: 0,
      paths: { userData: dataDir, sessionData: join(dataDir, 'window') },
      windows: [
        {
          url: 'app://understudy/index.html',
          policy: contentSecurityPolicy,
          sandbox: true,
          newWindows: { action: 'deny' },
        },
      ],
    })

    const synced = await app.until('the first sync is over', isSynced)
    expect(synced.tray?.tooltip).toMatch(/^Understudy, sample workspace: up to date/)
    expect(synced.tray?.image).toMatch(/(ok|alerts)(Template)?\.png$/)
    expect(synced.tray?.labels).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Covering /), 'Quit Understudy']),
    )
    expect(await app.act({ do: 'call', procedure: ['app', 'status'], input: {} })).toMatchObject({
      host: 'desktop',
      workspace: 'sample',
      capabilities: { nativeNotifications: true, tray: true },
    })

    await putAlertsAway(app)
    const ticketId = await openTicket(description)
    await app.act({ do: 'menu', label: 'Sync now' })
    const isOurs = ({ body }: { readonly body: string }) => body.startsWith(`#${ticketId}, `)
    const { notifications } = await app.until('a notification was shown', (seen) => seen.notifications.some(isOurs))
    expect(notifications.find(isOurs)).toEqual({
      title: expect.stringContaining(' · new ticket, ') as string,
      body: expect.stringMatching(
        new RegExp(`^#${ticketId}, urgent: Everything is down\\nYou cover Cascadia Freight until `),
      ) as string,
    })

    await app.act({ do: 'close-window' })
    await app.until('the window is gone', ({ windows }) => windows.length === 0)
    await app.act({ do: 'notification', index: notifications.findIndex(isOurs) })
    const back = await app.until('the window is back', ({ windows }) => windows[0]?.connected === true)
    expect(back.windows[0]?.url).toBe(`app://understudy/index.html#/today/ticket/${ticketId}`)

    await app.act({ do: 'menu', label: 'Quit' }).catch(() => undefined)
    expect(await app.ended).toMatchObject({ code: 0, stderr: '' })
    expect(existsSync(join(dataDir, 'instance.json'))).toBe(false)
    expect(statSync(join(dataDir, 'simulator', 'understudy.db')).size).toBeGreaterThan(0)
    const log = join(dataDir, 'understudy.log')
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toMatch(/"level":"error"/)
  })

  test('syncs from the tray and after the computer woke', async () => {
    const app = start(temporaryFolder())
    await app.until('the first sync is over', isSynced)
    const lastSync = async () => {
      const status = await app.act({ do: 'call', procedure: ['sync', 'status'], input: {} })
      return (status as { readonly lastCompletedAt: number }).lastCompletedAt
    }
    const first = await lastSync()
    await app.act({ do: 'menu', label: 'Sync now' })
    await expect.poll(lastSync, { timeout: 20_000 }).toBeGreaterThan(first)
    const second = await lastSync()
    await app.act({ do: 'resume' })
    await expect.poll(lastSync, { timeout: 20_000 }).toBeGreaterThan(second)
  })

  test('pauses alerts from the tray, goes on, and opens the list of alerts', async () => {
    const app = start(temporaryFolder())
    await app.until('the first sync is over', isSynced)
    await app.act({ do: 'menu', label: 'Pause alerts for 1 hour' })
    const paused = await app.until(
      'the menu says until when',
      ({ tray }) => tray?.labels.some((label) => /^Alerts paused until .*\d\d:\d\d$/.test(label)) === true,
    )
    expect(paused.tray?.image).toMatch(/quiet(Template)?\.png$/)
    await app.act({ do: 'menu', label: 'Go on with alerts' })
    await app.until('the tray goes on', ({ tray }) => tray?.labels.includes('Pause alerts for 1 hour') === true)
    await app.act({ do: 'second-start', argv: ['understudy', 'understudy://alerts'] })
    await app.until('the alerts are open', ({ windows }) => windows[0]?.url.endsWith('#/alerts') === true)
  })

  test('comes up with its keys, and refuses keys that another program has', async () => {
    const app = start(temporaryFolder())
    await app.until('the window is connected', ({ windows }) => windows[0]?.connected === true)
    const choose = (openShortcut: string) =>
      app.act({ do: 'call', procedure: ['settings', 'set'], input: { openShortcut } })
    await choose('CommandOrControl+Shift+U')
    await expect(choose('CommandOrControl+Shift+T')).rejects.toThrow('is taken by another program')
    await app.act({ do: 'close-window' })
    await app.until('the window is gone', ({ windows }) => windows.length === 0)
    await app.act({ do: 'keys', keys: 'CommandOrControl+Shift+U' })
    await app.until('the window is back', ({ windows }) => windows[0]?.connected === true)
  })

  test('started with the computer, it stays in the tray', async () => {
    const app = startBuiltApp(['--data-dir', temporaryFolder(), '--background'])
    const { windows } = await app.until('the first sync is over', isSynced)
    expect(windows).toEqual([])
  })

  test('opens a company’s own sign-in in a window of its own, and then shows that company’s workspace', async () => {
    const { description, stop } = await launchSimulator({ seed: 1 })
    onTestFinished(stop)
    const { url, email } = description.zendesk
    const app = start(temporaryFolder())
    await app.until('the window is connected', ({ windows }) => windows[0]?.connected === true)
    await app.act({ do: 'call', procedure: ['connections', 'startZendeskSession'], input: { url } })
    const { host } = new URL(url)
    const opened = await app.until(
      'the sign-in page is there',
      ({ windows }) => windows[1]?.url.includes('/access/login') ?? false,
    )
    expect(opened.windows[1]).toMatchObject({
      title: `Sign in at ${host}`,
      preload: false,
      sandbox: true,
      visible: true,
      newWindows: { action: 'allow', overrideBrowserWindowOptions: { title: 'Sign in at evil.example' } },
    })
    expect(opened.windows[0]?.newWindows).toEqual({ action: 'deny' })

    await app.act({ do: 'sign-in', email })
    await app.until('the sign-in window is gone', ({ windows }) => windows.length === 1)
    const connections = () => app.act({ do: 'call', procedure: ['connections', 'get'], input: {} })
    await expect
      .poll(connections, { timeout: 20_000 })
      .toMatchObject({ zendesk: { url, kind: 'session' }, signIn: null })
    await app.act({ do: 'menu', label: 'Quit' }).catch(() => undefined)
    expect(await app.ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('comes to the front when it is started again, on the ticket of a link if there is one', async () => {
    const app = start(temporaryFolder())
    await app.until('the window is connected', ({ windows }) => windows[0]?.connected === true)
    await app.act({ do: 'second-start', argv: ['understudy'] })
    await app.until('the window is in front', ({ windows }) => windows[0]?.focused === 1)
    await app.act({ do: 'close-window' })
    await app.act({ do: 'second-start', argv: ['understudy', 'understudy://ticket/77'] })
    const { windows } = await app.until('the ticket is open', (seen) => seen.windows[0]?.connected === true)
    expect(windows[0]?.url).toBe('app://understudy/index.html#/today/ticket/77')
  })

  test('as a second start says so in a sentence and ends', async () => {
    const second = start(temporaryFolder(), { STAND_IN_SECOND: '1' })
    expect(await second.ended).toMatchObject({
      code: 0,
      stdout: 'Understudy is already running; its window is brought to the front.\n',
      stderr: '',
    })
  })

  test('says which folder it cannot write to', async () => {
    const folder = join(temporaryFolder(), 'taken')
    writeFileSync(folder, '')
    const { code, stderr } = await start(folder).ended
    expect(code).toBe(1)
    expect(stderr).toContain(`Understudy cannot write to its data folder ${folder}`)
  })

  test('says that another door has its data folder open', async () => {
    const dataDir = temporaryFolder()
    const first = start(dataDir)
    await first.until('the window is connected', ({ windows }) => windows[0]?.connected === true)
    const { code, stderr } = await start(dataDir).ended
    expect(code).toBe(3)
    expect(stderr).toContain('Understudy is already running with the data folder')
  })

  test('keeps a damaged settings file aside, says so and opens with defaults', async () => {
    const dataDir = temporaryFolder()
    writeFileSync(join(dataDir, 'config.json'), '{"theme":')
    const app = start(dataDir)
    const { errors } = await app.until('it was said', (seen) => seen.errors.length > 0)
    expect(errors[0]).toMatch(/^The settings file .* was damaged.*kept as .*config\.corrupt-/)
    await app.until('the window is connected', ({ windows }) => windows[0]?.connected === true)
    expect(await app.act({ do: 'call', procedure: ['settings', 'set'], input: { theme: 'dark' } })).toMatchObject({
      theme: 'dark',
    })
    expect(statSync(join(dataDir, 'config.json')).mode & 0o777).toBe(0o600)
  })
})
