import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { MainConfigFactory, PreloadConfigFactory } from 'electron-vite'
import { build } from 'vite'
import { onTestFinished } from 'vitest'
import desktopBuild from '../../electron.vite.config.ts'
import type { StandInAction, StandInSnapshot } from './electron-stand-in.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const inline = { configFile: false, logLevel: 'error', mode: 'production' } as const

/** Builds the main process into out/main. One test file only may do so: the folder is emptied first. */
export async function buildMain(): Promise<void> {
  await build(await new MainConfigFactory(desktopBuild.main ?? {}, { ...inline }, { root: at('.') }).build())
}

/** Builds the preload script into out/preload; likewise for one test file. */
export async function buildPreload(): Promise<void> {
  await build(await new PreloadConfigFactory(desktopBuild.preload ?? {}, { ...inline }, { root: at('.') }).build())
}

/** The built main process as it runs on the stand-in for Electron. */
export interface BuiltApp {
  /** The first snapshot, from now on or the present one, that fits. Fails when the app ends before. */
  until(what: string, fits: (snapshot: StandInSnapshot) => boolean): Promise<StandInSnapshot>
  act(action: StandInAction): Promise<unknown>
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

/** Starts `out/main/index.js` under this Node with the stand-in in Electron's place. It is killed when the test is over. */
export function startBuiltApp(args: readonly string[], env: Readonly<Record<string, string>> = {}): BuiltApp {
  const child = fork(at('out/main/index.js'), [...args], {
    // What Electron's program is given in development: the project's folder comes first.
    cwd: at('.'),
    execArgv: ['--import', at('test/support/electron-stand-in-hooks.ts')],
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', TZ: 'Europe/Berlin', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let latest: StandInSnapshot | undefined
  const watchers = new Set<(snapshot: StandInSnapshot) => void>()
  child.on('message', (message: { readonly snapshot?: StandInSnapshot }) => {
    if (!message.snapshot) return
    latest = message.snapshot
    for (const watch of watchers) watch(message.snapshot)
  })
  const ended = collect(child)
  let lastId = 0
  return {
    ended,
    until: (what, fits) =>
      new Promise((resolve, reject) => {
        const watch = (snapshot: StandInSnapshot) => {
          if (!fits(snapshot)) return
          watchers.delete(watch)
          resolve(snapshot)
        }
        watchers.add(watch)
        if (latest) watch(latest)
        void ended.then(({ code, stderr }) => reject(new Error(`ended with ${code} before ${what}: ${stderr}`)))
      }),
    act: (action) =>
      new Promise((resolve, reject) => {
        const id = (lastId += 1)
        const hear = (message: { readonly id?: number; readonly answer?: unknown; readonly failure?: string }) => {
          if (message.id !== id) return
          child.off('message', hear)
          if (message.failure === undefined) resolve(message.answer)
          else reject(new Error(message.failure))
        }
        child.on('message', hear)
        child.send({ id, action })
      }),
  }
}

function collect(child: ChildProcess): BuiltApp['ended'] {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
}
