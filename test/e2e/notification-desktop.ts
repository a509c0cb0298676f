import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { Message, sessionBus } from '@jellybrick/dbus-next'
import { adviceOnNotificationPrograms } from '#scripts/notification-programs.mjs'

/** A Linux desktop without a monitor: a screen, a session bus of its own, and a real notification server (dunst). */
export interface NotificationDesktop {
  readonly busAddress: string
  /** What the notification server has shown so far, oldest first. */
  readonly shown: readonly ShownNotification[]
  /** The screen's pixels, to see whether anything on it changed. */
  screen(): Buffer
  /** Clicks the newest notification with the mouse. */
  click(button: 'left' | 'right'): Promise<void>
  /** Ends the notification server, as a crash or an update would. */
  stopServer(): Promise<void>
  startServer(): Promise<void>
  close(): Promise<void>
}

/** What dunst says of a notification it shows. */
export interface ShownNotification {
  readonly summary: string
  readonly body: string
  readonly urgency: string
}

/** Left opens, right closes; the newest lies on top in the corner, where the mouse finds it. */
const settings = `[global]
monitor = 0
origin = top-left
offset = 0x0
width = 400
height = 120
notification_limit = 1
sort = false
idle_threshold = 0
markup = full
mouse_left_click = do_action
mouse_right_click = close_current
[urgency_low]
timeout = 0
[urgency_normal]
timeout = 0
[urgency_critical]
timeout = 0
`

/** No services of the machine: nothing starts on this bus by itself. */
function busSettings(folder: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
}

/** Starts the desktop. Fails with what to install where a program is missing. */
export async function openNotificationDesktop(): Promise<NotificationDesktop> {
  const advice = adviceOnNotificationPrograms()
  if (advice !== undefined) throw new Error(advice)
  const folder = mkdtempSync(join(tmpdir(), 'understudy-desktop-'))
  writeFileSync(join(folder, 'bus.conf'), busSettings(folder))
  writeFileSync(join(folder, 'dunstrc'), settings)
  const running: ChildProcess[] = []
  const start = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const child = spawn(program, args, {
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, XDG_RUNTIME_DIR: folder, ...env },
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    })
    running.push(child)
    return child
  }
  // The X server finds a free number for its screen by itself and tells it.
  const x = start('Xvfb', ['-displayfd', '3', '-screen', '0', '640x480x24', '-nolisten', 'tcp', '-fbdir', folder])
  const display = `:${await firstLine(x.stdio[3] as Readable)}`
  const bus = start('dbus-daemon', ['--nofork', '--config-file', join(folder, 'bus.conf'), '--print-address=3'])
  const busAddress = await firstLine(bus.stdio[3] as Readable)

  const shown: ShownNotification[] = []
  let server: ChildProcess | undefined
  const startServer = async () => {
    server = start('dunst', ['-config', join(folder, 'dunstrc'), '-print'], {
      DISPLAY: display,
      DBUS_SESSION_BUS_ADDRESS: busAddress,
    })
    let text = ''
    server.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      const blocks = text.split(/^}\n/m)
      text = blocks.pop() ?? ''
      shown.push(...blocks.map(readPrinted))
    })
    await serverOn(busAddress, server)
  }
  await startServer()
  return {
    busAddress,
    shown,
    screen: () => readFileSync(join(folder, 'Xvfb_screen0')),
    async click(button) {
      const move = ['mousemove', '60', '20', 'click', button === 'left' ? '1' : '3']
      const [code] = (await once(start('xdotool', move, { DISPLAY: display }), 'exit')) as [number]
      if (code !== 0) throw new Error(`xdotool ended with ${code}`)
    },
    async stopServer() {
      if (server) await end(server)
    },
    startServer,
    async close() {
      for (const child of running.toReversed()) await end(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until the server shows notifications on the bus. */
async function serverOn(busAddress: string, server: ChildProcess): Promise<void> {
  const bus = sessionBus({ busAddress })
  const name = 'org.freedesktop.Notifications'
  const at = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }
  const isThere = async () =>
    (await bus.call(new Message({ ...at, member: 'NameHasOwner', signature: 's', body: [name] })))?.body[0] === true
  while (!(await isThere())) {
    if (server.exitCode !== null) throw new Error(`the notification server ended with ${server.exitCode}`)
    await wait(20)
  }
  bus.disconnect()
}

/** One notification as `dunst -print` writes it. */
function readPrinted(block: string): ShownNotification {
  return {
    summary: /\n\tsummary: '(.*)'\n/.exec(block)?.[1] ?? '',
    body: /\n\tbody: '([^]*?)'\n\ticon: /.exec(block)?.[1] ?? '',
    urgency: /\n\turgency: (\w+)\n/.exec(block)?.[1] ?? '',
  }
}

/** The first line a program writes. */
async function firstLine(stream: Readable): Promise<string> {
  let text = ''
  for await (const part of stream.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += part as string
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n'))
  }
  throw new Error('a program of the desktop ended before it was ready')
}

/** Ends a program and waits until it is gone. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
