import { homedir } from 'node:os'
import { join } from 'node:path'
import * as electron from 'electron'
import { defaultDataDir, openDataFolder } from '#service/data-folder.ts'
import { acquireInstanceLock, alreadyRunning } from '#service/instance-lock.ts'
import { createFileLog } from '#service/log/log.ts'
import { exitCodes } from '#service/problem.ts'
import { outcomeOf, type Terminal } from '#service/doors/run-command.ts'
import { launchSimulator } from '#simulator/launch.ts'
import { readDesktopArguments } from './desktop/desktop-arguments.ts'
import { openDesktop, type OpenedDesktop } from './desktop/open-desktop.ts'
import { prepareApp } from './desktop/prepare-app.ts'
import { secondInstanceSentence, takeSingleInstance } from './desktop/single-instance.ts'
import { createStartService } from './desktop/start-service.ts'

const { app, dialog } = electron
const root = join(import.meta.dirname, '..', '..')

// Nothing here may wait at the top level: Electron becomes ready only after this file has been read to its end.
void outcomeOf(run, terminal()).then((code) => {
  if (code !== exitCodes.done) app.exit(code)
})

/** Starts the app, and resolves when it stands. Up to `whenReady` everything happens at once, as Electron demands. */
async function run(outside: Terminal): Promise<number> {
  const argv = process.argv.slice(app.isPackaged ? 1 : 2)
  const given = readDesktopArguments(argv)
  const dataDir = openDataFolder(given.dataDir ?? defaultDataDir(process.platform, process.env, homedir()))
  // A link can start the app (macOS): it is followed once the app stands.
  const early: string[] = []
  const opened: { desktop?: OpenedDesktop } = {}
  const comeForward = (words: readonly string[]) => {
    if (opened.desktop) opened.desktop.follow(words)
    else early.push(...words)
  }
  prepareApp(electron, dataDir)
  if (!takeSingleInstance(app, comeForward)) {
    await outside.print(`${secondInstanceSentence}\n`)
    app.exit(exitCodes.done)
    return exitCodes.done
  }
  app.on('open-url', (_event, url) => comeForward([url]))
  await app.whenReady()
  const acquired = acquireInstanceLock(dataDir)
  if (acquired.kind === 'held') throw alreadyRunning(dataDir, acquired.instance)
  acquired.lock.announce({ pid: process.pid, host: 'desktop', url: null, port: null })
  const log = createFileLog(dataDir)
  opened.desktop = await openDesktop({
    electron,
    facts: {
      root,
      dataDir,
      platform: process.platform,
      argv,
      env: process.env,
      home: homedir(),
      program: process.execPath,
      background: given.background || wasOpenedAtLogin(),
    },
    log,
    delay(ms, callback) {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
    startService: createStartService({
      dataDir,
      sample: given.sample,
      simulatorUrl: given.simulatorUrl,
      launchSimulator: (options) =>
        launchSimulator({ ...options, workerUrl: new URL('simulator-worker.js', import.meta.url) }),
      log,
    }),
    onStopped: () => acquired.lock.release(),
  })
  if (early.length > 0) opened.desktop.follow(early)
  return exitCodes.done
}

/** macOS passes no options to what it starts at login, but tells. */
function wasOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}

/** What goes wrong is said in a box: an app that was started with a click has no terminal. */
function terminal(): Terminal {
  return {
    print: async (text) => void process.stdout.write(text),
    say: (line) => dialog.showErrorBox('Understudy cannot start', line),
    env: process.env,
    readInput: async () => '',
    untilStopped: () => new Promise(() => {}),
  }
}
