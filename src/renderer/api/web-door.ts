import { RPCLink } from '@orpc/client/websocket'
import type { Door } from './door.ts'

const tokenKey = 'understudy.token'
const protocol = 'understudy.v1'
/** Close code of the service for a token it does not know. */
const refusedCode = 4401

/** The parts of a page that the web door uses. */
export type WebPage = Pick<Window, 'location' | 'history' | 'sessionStorage' | 'addEventListener'>

/** Where the web door gets sockets and a sign of life of the server from; tests bring their own. */
export interface WebDoorPorts {
  readonly openSocket: (address: string, protocols: string[]) => WebSocket
  /** Whether the server that served this page still answers. */
  readonly serverAnswers: () => Promise<boolean>
}

/**
 * Takes the token out of the address that `npm start` printed, `…/#token=TOKEN`, and keeps it for this tab. A token that is
 * pasted later, into the address bar of an open window, starts the window anew. Where the address goes on with `&at=/alerts`, the window
 * opens on that screen.
 */
export function adoptTokenFromAddress(page: WebPage): void {
  takeToken(page)
  page.addEventListener('hashchange', () => {
    if (takeToken(page)) page.location.reload()
  })
}

function takeToken(page: WebPage): boolean {
  const found = /^#token=([^&]+)(?:&at=\/(\w[\w/]*)$)?/.exec(page.location.hash)
  if (!found?.[1]) return false
  page.sessionStorage.setItem(tokenKey, decodeURIComponent(found[1]))
  // SECURITY: the token must stay neither in the address bar nor in the history.
  page.history.replaceState(null, '', `${page.location.pathname}#/${found[2] ?? ''}`)
  return true
}

/** The door of the web host: a socket to where the page came from, shown the token as a subprotocol. */
export function createWebDoor(page: WebPage, ports: WebDoorPorts = browserPorts(page)): Door {
  const scheme = page.location.protocol === 'https:' ? 'wss' : 'ws'
  return {
    retries: true,
    open(listener) {
      const token = page.sessionStorage.getItem(tokenKey)
      if (!token) {
        listener({ kind: 'closed', refused: true })
        return () => {}
      }
      let opened = false
      let abandoned = false
      const socket = ports.openSocket(`${scheme}://${page.location.host}/rpc`, [protocol, `bearer.${token}`])
      socket.addEventListener('open', () => {
        opened = true
        listener({ kind: 'open', link: new RPCLink({ websocket: socket }) })
      })
      socket.addEventListener('close', (event) => {
        if (abandoned) return
        if (opened || event.code === refusedCode) listener({ kind: 'closed', refused: event.code === refusedCode })
        // A refused upgrade looks to a page like a server that is gone; whether it still serves pages tells them apart.
        else void ports.serverAnswers().then((answers) => listener({ kind: 'closed', refused: answers }))
      })
      return () => {
        abandoned = true
        socket.close()
      }
    },
  }
}

function browserPorts(page: WebPage): WebDoorPorts {
  return {
    openSocket: (address, protocols) => new WebSocket(address, protocols),
    serverAnswers: () =>
      fetch(page.location.pathname, { cache: 'no-store' }).then(
        (answer) => answer.ok,
        () => false,
      ),
  }
}
