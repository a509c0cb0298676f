import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { implement, type RouterClient } from '@orpc/server'
import { expect, onTestFinished, test } from 'vitest'
import { contract } from '#contract/contract.ts'
import { connectPage } from '#main/desktop/rpc-port.ts'
import type { ServiceRouter } from '#service/rpc/router.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

class PortMainStandIn extends EmitterStandIn {
  closed = false
  readonly #port: MessagePort

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('message', (data: unknown) => void this.fire('message', { data }))
    onTestFinished(() => port.close())
  }

  start = () => this.#port.start()
  postMessage = (message: unknown) => this.#port.postMessage(message)
  // Does not tell of its own closing, like the strictest reading of Electron's documentation.
  close = () => {
    this.closed = true
    this.#port.close()
  }
}

/** A page on a stand-in, and the ports that were given to it. */
function connectedPage(url: string) {
  const mains: PortMainStandIn[] = []
  const posted: { readonly channel: string; readonly message: unknown; readonly port: MessagePort }[] = []
  class MessageChannelMain {
    readonly port1: PortMainStandIn
    readonly port2: MessagePort
    constructor() {
      const { port1, port2 } = new MessageChannel()
      this.port1 = new PortMainStandIn(port1)
      this.port2 = port2
      mains.push(this.port1)
    }
  }
  const contents = Object.assign(new EmitterStandIn(), {
    mainFrame: {
      url,
      postMessage(channel: string, message: unknown, [port]: readonly MessagePort[]) {
        if (port) posted.push({ channel, message, port })
      },
    },
  })
  const log = createSilentLog()
  const streams = { open: 0 }
  connectPage({ MessageChannelMain: MessageChannelMain as never }, contents as never, {
    router: routerWith(streams),
    log,
  })
  const client = (index: number): RouterClient<ServiceRouter> => {
    const port = posted[index]?.port
    if (!port) throw new Error(`no port ${index} was posted`)
    port.start()
    return createORPCClient(new RPCLink({ port }))
  }
  return { contents, mains, posted, log, streams, client }
}

/** Two procedures are enough: one that answers, one that listens until it is told to stop. */
function routerWith(streams: { open: number }): ServiceRouter {
  const os = implement(contract)
  const partial = {
    settings: {
      get: os.settings.get.handler(() => ({
        theme: 'dark' as const,
        policyVersion: '2025-04',
        baselinePerWeek: null,
        notifyNewTickets: true,
        customerTextInNotifications: true,
        syncEverySeconds: 60,
      })),
    },
    events: {
      stream: os.events.stream.handler(async function* ({ signal }) {
        streams.open += 1
        try {
          yield { epoch: 'e', seq: 0, kind: 'reset' as const, ids: [] }
          await new Promise((resolve) => signal?.addEventListener('abort', resolve))
        } finally {
          streams.open -= 1
        }
      }),
    },
  }
  // The other procedures are not called here.
  return partial as unknown as ServiceRouter
}

const page = 'app://understudy/index.html'

test('a loaded page of ours gets one port, and the contract answers on it', async () => {
  const { contents, posted, client } = connectedPage(page)
  expect(posted).toEqual([])
  contents.fire('did-finish-load')
  expect(posted.map(({ channel, message }) => ({ channel, message }))).toEqual([
    { channel: 'understudy:port', message: null },
  ])
  expect(await client(0).settings.get({})).toMatchObject({ theme: 'dark' })
})

test.each(['https://evil.example/', 'about:blank', 'app://evil/', 'file:///index.html', ''])(
  'a page at %s gets none',
  (url) => {
    const { contents, mains, posted, log } = connectedPage(url)
    contents.fire('did-finish-load')
    expect([...mains, ...posted]).toEqual([])
    expect(log.lines.map(({ level }) => level)).toEqual(['error'])
  },
)

test.each([
  ['navigates', 'did-start-navigation', [{ isMainFrame: true, isSameDocument: false }]],
  ['crashes', 'render-process-gone', [{}, {}]],
  ['is destroyed', 'destroyed', []],
])('when the page %s, its port is closed and its streams end', async (_what, event, details) => {
  const { contents, mains, streams, client } = connectedPage(page)
  contents.fire('did-finish-load')
  const stream = await client(0).events.stream({ epoch: null, since: 0 })
  expect((await stream.next()).value).toMatchObject({ kind: 'reset' })
  expect(streams.open).toBe(1)
  contents.fire(event, ...details)
  expect(mains[0]?.closed).toBe(true)
  await expect.poll(() => streams.open).toBe(0)
})

test('moving within the page or loading a frame changes nothing', () => {
  const { contents, mains } = connectedPage(page)
  contents.fire('did-finish-load')
  contents.fire('did-start-navigation', { isMainFrame: true, isSameDocument: true })
  contents.fire('did-start-navigation', { isMainFrame: false, isSameDocument: false })
  expect(mains.map(({ closed }) => closed)).toEqual([false])
})

test('a page that is loaded again gets a new port, and the old one is closed', async () => {
  const { contents, mains, client } = connectedPage(page)
  contents.fire('did-finish-load')
  contents.fire('did-start-navigation', { isMainFrame: true, isSameDocument: false })
  contents.fire('did-finish-load')
  expect(mains.map(({ closed }) => closed)).toEqual([true, false])
  expect(await client(1).settings.get({})).toMatchObject({ theme: 'dark' })
})

test('a port that is closed from the page’s side ends its streams', async () => {
  const { contents, mains, streams, client } = connectedPage(page)
  contents.fire('did-finish-load')
  await (await client(0).events.stream({ epoch: null, since: 0 })).next()
  mains[0]?.fire('close')
  await expect.poll(() => streams.open).toBe(0)
})
