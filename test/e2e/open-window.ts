import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { launchSimulator } from '#simulator/launch.ts'
import { startProcess } from '#test/support/start-process.ts'
import { launchBrowser } from './launch-browser.ts'

/** The whole app as a person meets it: simulator, web host in a process of its own, and a browser. */
export interface OpenedApp {
  readonly page: Page
  readonly url: string
  readonly dataDir: string
  readonly controlUrl: string
  /** Asks the simulator's control to do something; answers what it said. */
  control(path: string, body?: object): Promise<unknown>
  newPage(options?: NonNullable<Parameters<Browser['newPage']>[0]>): Promise<Page>
  /** Ends the service and starts it again on the same data, with the page at the new address. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** How the page and the simulator are to be. */
export interface AppOptions {
  readonly page?: NonNullable<Parameters<Browser['newPage']>[0]>
  /** Seconds of the simulator's clock per real second; the default stands still until it is stepped. */
  readonly speed?: number
  /** When it is in the simulated world, ms; the default is now. */
  readonly now?: number
  /** How many tickets there are; the default is the sample workspace. */
  readonly scale?: number
}

/** Opens the app on a simulator of its own. Everything ends with `close`. */
export async function openApp(options: AppOptions = {}): Promise<OpenedApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'understudy-e2e-'))
  const simulator = await launchSimulator({
    seed: 1,
    speed: options.speed ?? 0,
    recordBodies: true,
    ...(options.scale === undefined ? {} : { scale: options.scale }),
    ...(options.now === undefined ? {} : { anchor: options.now, now: options.now }),
  })
  const controlUrl = simulator.description.control.url
  // Its environment has no session bus: windows show alerts themselves, whatever machine this is.
  const start = async () => {
    const args = ['--no-open', '--port', '0', '--data-dir', dataDir, '--simulator', controlUrl]
    const host = startProcess('src/main/web/index.ts', args)
    const url = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(await host.line(/#token=/))?.[0] ?? ''
    const end = () => {
      host.child.kill('SIGTERM')
      return host.finished
    }
    return { url, end }
  }
  let running = await start()
  const browser = await launchBrowser()
  const newPage: OpenedApp['newPage'] = async (pageOptions) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options.page, ...pageOptions })
    await page.goto(running.url)
    return page
  }
  const page = await newPage()
  return {
    page,
    url: running.url,
    dataDir,
    controlUrl,
    newPage,
    async control(path, body = {}) {
      const answer = await fetch(new URL(path, controlUrl), { method: 'POST', body: JSON.stringify(body) })
      return answer.json()
    },
    async restart() {
      await running.end()
      running = await start()
      await page.goto(running.url)
    },
    async close() {
      await browser.close()
      await running.end()
      await simulator.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
