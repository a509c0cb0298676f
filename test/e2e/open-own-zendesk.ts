import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { launchSimulator } from '#test/support/simulator.ts'
import { startProcess, type Running } from '#test/support/start-process.ts'
import { launchBrowser } from './launch-browser.ts'

/** The app as a new user opens it, on a fresh folder with its own sample, and a Zendesk of their company to connect. */
export interface OwnZendesk {
  readonly page: Page
  /** The company's Zendesk: its address, who signs in, who works there. */
  readonly company: Awaited<ReturnType<typeof launchSimulator>>['description']
  newPage(options?: NonNullable<Parameters<Browser['newPage']>[0]>): Promise<Page>
  /** Asks the company's Zendesk to do something; answers what it said. */
  order(path: string, body?: object): Promise<unknown>
  /** What is so in the company's Zendesk. */
  truth(organizationId: number): Promise<readonly TrueTicket[]>
  close(): Promise<void>
}

/** A ticket as the company's Zendesk has it. */
export interface TrueTicket {
  readonly id: number
  readonly status: string
  readonly ccIds: readonly number[]
  readonly comments: number
}

/** Opens both. The company's Zendesk moves only when it is told to. Everything ends with `close`. */
export async function openOwnZendesk(
  options: {
    readonly page?: NonNullable<Parameters<Browser['newPage']>[0]>
  } = {},
): Promise<OwnZendesk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'understudy-e2e-'))
  const simulator = await launchSimulator({ seed: 7, speed: 0 })
  const control = simulator.description.control.url
  const browser = await launchBrowser()
  const host = await startHost(dataDir)
  const newPage: OwnZendesk['newPage'] = (more) =>
    browser.newPage({ viewport: { width: 1280, height: 800 }, ...options.page, ...more })
  const page = await newPage()
  await page.goto(host.url)
  return {
    page,
    company: simulator.description,
    newPage,
    async order(path, body = {}) {
      const answer = await fetch(new URL(path, control), { method: 'POST', body: JSON.stringify(body) })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json()
    },
    async truth(organizationId) {
      const answer = await fetch(new URL(`/truth?organization_id=${organizationId}`, control))
      return ((await answer.json()) as { readonly tickets: readonly TrueTicket[] }).tickets
    },
    async close() {
      await browser.close()
      await stop(host)
      await simulator.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function startHost(dataDir: string): Promise<Running & { readonly url: string }> {
  const args = ['--no-open', '--port', '0', '--data-dir', dataDir]
  // Without a PATH nothing is found that would open sign-in pages in the developer's own browser.
  const running = startProcess('src/main/web/index.ts', args, { UNDERSTUDY_SECRETS: 'file', PATH: '' })
  const line = await running.line(/#token=/)
  return { ...running, url: /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0] ?? '' }
}

async function stop({ child, finished }: Running): Promise<void> {
  child.kill('SIGTERM')
  await finished
}
