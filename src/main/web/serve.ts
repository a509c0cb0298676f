import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import {
  describeOptions,
  readArguments,
  readWholeNumber,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { defaultDataDir, openDataFolder } from '#service/data-folder.ts'
import { openDoor } from '#service/doors/open-door.ts'
import { acquireInstanceLock, alreadyRunning, type Instance, type InstanceLock } from '#service/instance-lock.ts'
import { createFileLog, type HidingLog } from '#service/log/log.ts'
import type { Notifier } from '#service/ports.ts'
import { exitCodes } from '#service/problem.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { judgeUrlShape } from '#service/security/external-url.ts'
import { launchSimulator } from '#simulator/launch.ts'
import { openSessionBus } from '#main/session-bus/open-session-bus.ts'
import { createToken } from './auth.ts'
import { notBuilt } from './http.ts'
import { openBrowser } from './open-browser.ts'
import { createStaticFiles } from './static-files.ts'
import { doorwayUrl, startWebHost, usualPort, type WebHost } from './web-host.ts'

const options = {
  port: {
    type: 'string',
    value: 'N',
    help: `port to listen on; 0 takes any free one (default: ${usualPort} or the next free one)`,
  },
  'no-open': { type: 'boolean', help: 'do not open a browser' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** Folder of the built window. */
const windowDir = fileURLToPath(new URL('../../../out/renderer', import.meta.url))

/** What `serve --help` prints. */
export const serveHelp = `Serves Understudy's window on this machine, for a browser.

understudy serve [options]

${describeOptions(options)}

The address is printed on standard output and is good until Understudy is stopped (Ctrl+C).

Exit codes: 0 stopped, 1 failed, 2 a mistake in the options, 3 already running with this data folder.
`

/** Serves the window until the person stops it. Resolves with the exit code. */
export async function serve(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, options).options
  if (given.help) {
    await terminal.print(serveHelp)
    return exitCodes.done
  }
  const port = given.port === undefined ? undefined : readWholeNumber('port', given.port, 0, 65_535)
  const dataDir = openDataFolder(given['data-dir'] ?? defaultDataDir(process.platform, terminal.env, homedir()))
  const acquired = acquireInstanceLock(dataDir)
  if (acquired.kind === 'held') {
    await show(acquired.instance?.url ?? null, given['no-open'])
    throw alreadyRunning(dataDir, acquired.instance)
  }
  try {
    await serveUntilStopped(
      { port, dataDir, sample: given.sample, simulatorUrl: given.simulator, quiet: given['no-open'] },
      acquired.lock,
      terminal,
    )
  } finally {
    acquired.lock.release()
  }
  return exitCodes.done
}

interface ServeOptions {
  readonly port: number | undefined
  readonly dataDir: string
  readonly sample: boolean | undefined
  readonly simulatorUrl: string | undefined
  /** Whether no browser is to be opened. */
  readonly quiet: boolean | undefined
}

async function serveUntilStopped(options: ServeOptions, lock: InstanceLock, terminal: Terminal): Promise<void> {
  const log = createFileLog(options.dataDir)
  const report = (sentence: string) => terminal.say(sentence)
  const notifier = openSessionBus({ platform: process.platform, env: terminal.env, report, log })
  try {
    await serveWith({ ...options, log, report, notifier }, lock, terminal)
  } finally {
    ;(await notifier)?.disconnect()
  }
}

interface ServeParts extends ServeOptions {
  readonly log: HidingLog
  readonly report: (sentence: string) => void
  readonly notifier: Promise<Notifier | undefined>
}

async function serveWith(parts: ServeParts, lock: InstanceLock, terminal: Terminal): Promise<void> {
  const { dataDir, port, log, report, notifier } = parts
  const token = createToken()
  log.hide(token)
  // Signals that come while the app is still opening are not lost.
  const stopped = terminal.untilStopped()
  const opened: { host?: WebHost } = {}
  const { service, close } = await openDoor({
    host: 'web',
    dataDir,
    env: terminal.env,
    log,
    sample: parts.sample,
    simulatorUrl: parts.simulatorUrl,
    connect: true,
    launchSimulator,
    report,
    openExternal: openOutside,
    notifier,
    // A window that is open hears of it by itself.
    openWindow: (place) => void (opened.host?.windows() === 0 && show(opened.host.url, false, place)),
  })
  try {
    const host = await startWebHost({ router: service.router, log, port, windowDir, token, now: Date.now })
    opened.host = host
    lock.announce({ pid: process.pid, host: 'web', url: host.url, port: host.port } satisfies Instance)
    service.start()
    await terminal.print(`Understudy is open at ${host.url}\n`)
    if (await createStaticFiles(windowDir).isBuilt()) await show(host.url, parts.quiet)
    else terminal.say(notBuilt)
    await stopped
    await host.close()
  } finally {
    await close()
  }
}

async function openOutside(url: string): Promise<void> {
  // SECURITY: looked at once more right before the system gets it.
  const verdict = judgeUrlShape(url)
  if (verdict.allowed) await openBrowser(verdict.href)
}

async function show(url: string | null, quiet: boolean | undefined, place?: string): Promise<void> {
  if (url !== null && !quiet) await openBrowser(doorwayUrl(url, Date.now(), place))
}
