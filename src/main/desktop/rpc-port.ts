import type { MessagePortMain, WebContents } from 'electron'
import { serveMessagePort, type EmitterPort } from '#service/rpc/serve-message-port.ts'
import type { Serving } from '#service/rpc/serve-socket.ts'
import { isAppUrl } from './security/app-origin.ts'

/** Channel on which the preload script gets the port; the one message there is between main process and page. */
export const portChannel = 'understudy:port'

type ConnectedContents = Pick<WebContents, 'on' | 'mainFrame'>

/**
 * Gives each page that a window loads its own connection to the service, and takes it away when the page goes.
 *
 * There is no ipcMain listener: whoever holds a port may call, and this is the one place that gives ports away.
 */
export function connectPage(
  electron: Pick<typeof import('electron'), 'MessageChannelMain'>,
  contents: ConnectedContents,
  serving: Serving,
): void {
  let disconnect = () => {}
  const offer = () => {
    disconnect()
    const { mainFrame } = contents
    // SECURITY: the main frame only, and only while our own page is in it.
    if (!isAppUrl(mainFrame.url)) {
      serving.log.error({ url: mainFrame.url }, 'a page that is not ours got no connection')
      return
    }
    const { port1, port2 } = new electron.MessageChannelMain()
    disconnect = serve(port1, serving)
    mainFrame.postMessage(portChannel, null, [port2])
  }
  contents.on('did-finish-load', offer)
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) disconnect()
  })
  contents.on('render-process-gone', () => disconnect())
  contents.on('destroyed', () => disconnect())
}

/** Serves a port. The function returned closes it and tells the service, whether or not the port tells of its own closing. */
function serve(port: MessagePortMain, serving: Serving): () => void {
  const closing: (() => void)[] = []
  let open = true
  const closed = () => {
    if (!open) return
    open = false
    for (const tell of closing) tell()
  }
  const close = () => {
    closed()
    port.close()
  }
  port.on('close', closed)
  const served: EmitterPort = {
    postMessage(message) {
      if (open) port.postMessage(message)
    },
    on(type: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
      if (type === 'message') port.on('message', listener)
      else closing.push(() => listener({ data: undefined }))
    },
    start: () => port.start(),
    close,
  }
  serveMessagePort(serving, served)
  return close
}
