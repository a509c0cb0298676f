import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { launchSimulator } from '#simulator/launch.ts'
import { startProcess, type Running } from '#test/support/start-process.ts'
import { launchBrowser } from './launch-browser.ts'

type Description = Awaited<ReturnType<typeof launchSimulator>>['description']

/** Two people at their own machines, each with a data folder of their own, and one Zendesk and GitLab for both. */
export interface Colleagues {
  /** The window of whoever the sample belongs to. */
  readonly mine: Page
  /** The window of the colleague. */
  readonly theirs: Page
  readonly company: Description
  /** What is so at the vendors. */
  truth(): Promise<{ readonly issues: readonly TrueIssue[] }>
  close(): Promise<void>
}

/** An issue as the company's GitLab has it. */
export interface TrueIssue {
  readonly projectPath: string
  readonly description: string | null
  readonly confidential: boolean
  readonly state: string
}

/** Opens both; everything ends with `close`. The two share the simulator's sign-in: only the app differs in whose it is. */
export async function openColleagues(options: {
  readonly now: number
  readonly colleague: string
}): Promise<Colleagues> {
  const simulator = await launchSimulator({
    seed: 1,
    speed: 0,
    recordBodies: true,
    anchor: options.now,
    now: options.now,
  })
  const company = simulator.description
  const colleague = company.workspace.people.find(({ name }) => name === options.colleague)
  if (!colleague) throw new Error(`nobody is called ${options.colleague}`)
  const theirSample = await tell({ ...company, workspace: { ...company.workspace, meId: colleague.id, plans: [] } })
  const browser = await launchBrowser()
  const [mine, theirs] = await Promise.all([openHost(company.control.url), openHost(theirSample.url)])
  const pageOf = async ({ url }: { readonly url: string }) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Berlin' })
    await page.goto(url)
    return page
  }
  return {
    mine: await pageOf(mine),
    theirs: await pageOf(theirs),
    company,
    truth: async () =>
      (await (await fetch(new URL('/truth', company.control.url))).json()) as { readonly issues: readonly TrueIssue[] },
    async close() {
      await browser.close()
      await Promise.all([mine.close(), theirs.close()])
      theirSample.close()
      await simulator.stop()
    },
  }
}

/** Serves a description of the simulator: the one thing an app asks of its control. */
async function tell(description: Description): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(description))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() }
}

async function openHost(controlUrl: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'understudy-e2e-'))
  const args = ['--no-open', '--port', '0', '--data-dir', dataDir, '--simulator', controlUrl]
  const running: Running = startProcess('src/main/web/index.ts', args)
  const line = await running.line(/#token=/)
  return {
    url: /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0] ?? '',
    async close() {
      running.child.kill('SIGTERM')
      await running.finished
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
