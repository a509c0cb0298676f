import { mkdirSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createToken } from '#main/web/auth.ts'
import { startWebHost, type WebHost } from '#main/web/web-host.ts'
import { createEventHub } from '#service/rpc/event-hub.ts'
import { createSilentLog } from './silent-log.ts'
import { createStandInRouter } from './stand-in-router.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A web host under test with a small window, on a free port, closed when the test is over. */
export interface TestWebHost extends WebHost {
  readonly token: string
  readonly log: ReturnType<typeof createSilentLog>
  /** Folder that holds the folder of the window. */
  readonly around: string
  /** Sends a request exactly as given; `path` is not normalised. */
  ask(path: string, options?: RequestOptions): Promise<Answer>
}

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** The files of the small window. */
export const windowFiles: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html><title>Understudy</title>',
  'assets/index-abc123.js': 'export {}',
  'assets/index-abc123.css': 'body{}',
  'assets/font.woff2': 'font',
  'icon.svg': '<svg/>',
}

export async function startTestWebHost(
  options: { readonly files?: Readonly<Record<string, string>> } = {},
): Promise<TestWebHost> {
  const around = temporaryFolder()
  for (const [name, text] of Object.entries(options.files ?? windowFiles)) {
    mkdirSync(join(around, 'window', name, '..'), { recursive: true })
    writeFileSync(join(around, 'window', name), text)
  }
  const token = createToken()
  const log = createSilentLog()
  const router = createStandInRouter(createEventHub('epoch-1'))
  const host = await startWebHost({ router, log, port: 0, windowDir: join(around, 'window'), token, now: Date.now })
  onTestFinished(() => host.close())
  return {
    ...host,
    token,
    log,
    around,
    ask: (path, more) => ask({ host: '127.0.0.1', port: host.port, path, ...more }),
  }
}

function ask(options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent: false, ...options }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}
