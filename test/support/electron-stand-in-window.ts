import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { createBrowsingPage, type BrowsingPage } from './browsing-page.ts'
import type { StandInSession } from './electron-stand-in-session.ts'

/** How a page of the stand-in asks for a file. */
export type AnswerRequest = (url: string) => Promise<Response>

/** Electron's main-process end of a channel, over a channel of Node. */
class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
    port.on('close', () => this.emit('close'))
    // Electron holds messages back until start(); so does this.
    port.unref()
  }

  start(): void {
    this.#port.start()
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message)
  }

  close(): void {
    this.#port.close()
  }
}

/** Two ends: one for the main process, one to be posted to a page. */
export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePort

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = port2
  }
}

/**
 * A page. One of our own loads its document through the scheme's handler and talks to the service over the port it is given, as the real one does;
 * another's comes over HTTP.
 */
export class WebContents extends EventEmitter {
  readonly session: StandInSession
  readonly browsing: BrowsingPage
  windowOpenHandler: ((details: { url: string }) => unknown) | undefined
  loading = false
  status = 0
  policy: string | null = null
  client: object | undefined
  readonly mainFrame = {
    url: 'about:blank',
    postMessage: (channel: string, _message: unknown, [port]: readonly MessagePort[]) => {
      if (channel !== 'understudy:port' || !port) throw new Error(`unexpected message on ${channel}`)
      port.start()
      this.client = createORPCClient(new RPCLink({ port }))
      this.emit('stand-in-connected')
    },
  }

  constructor(session: StandInSession) {
    super()
    this.session = session
    this.browsing = createBrowsingPage((event, ...details) => this.emit(event, ...details), session.fetch)
    this.on('did-navigate', (_event, url: string) => (this.mainFrame.url = url))
  }

  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.windowOpenHandler = handler
  }

  getURL(): string {
    return this.mainFrame.url
  }

  isLoadingMainFrame(): boolean {
    return this.loading
  }

  async load(url: string, answer: AnswerRequest): Promise<void> {
    if (/^https?:/.test(url)) return this.browsing.goTo(url)
    if (url.split('#', 1)[0] === this.mainFrame.url.split('#', 1)[0]) {
      // Only the fragment differs: the page stays and is told.
      this.mainFrame.url = url
      this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true, url })
      return
    }
    this.loading = true
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url })
    const response = await answer(url)
    this.status = response.status
    this.policy = response.headers.get('content-security-policy')
    this.mainFrame.url = url
    this.loading = false
    this.emit('did-finish-load')
  }
}
