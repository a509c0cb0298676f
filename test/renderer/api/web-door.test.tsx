import { expect, test } from 'vitest'
import type { DoorEvent } from '#renderer/api/door.ts'
import { adoptTokenFromAddress, createWebDoor, type WebPage } from '#renderer/api/web-door.ts'

test('the token leaves the address and is kept for the tab', () => {
  const page = aPage('#token=abc%2B1')
  adoptTokenFromAddress(page)
  expect(page.sessionStorage.getItem('understudy.token')).toBe('abc+1')
  expect(page.replaced).toEqual(['/#/'])
})

test('an address that goes on to a screen opens it, and leads nowhere else', () => {
  const replacedBy = (hash: string) => {
    const page = aPage(hash)
    adoptTokenFromAddress(page)
    return [page.sessionStorage.getItem('understudy.token'), page.replaced]
  }
  expect(replacedBy('#token=abc&at=/today/ticket/12')).toEqual(['abc', ['/#/today/ticket/12']])
  expect(replacedBy('#token=abc&at=/alerts')).toEqual(['abc', ['/#/alerts']])
  expect(replacedBy('#token=abc&at=//evil.example')).toEqual(['abc', ['/#/']])
})

test('a token that is pasted into an open window starts it anew', () => {
  const page = aPage('#/today')
  adoptTokenFromAddress(page)
  expect(page.reloads()).toBe(0)
  page.location.hash = '#token=new'
  page.fire('hashchange')
  expect(page.sessionStorage.getItem('understudy.token')).toBe('new')
  expect(page.reloads()).toBe(1)
})

test('an address without a token leaves everything as it is', () => {
  const page = aPage('#/today/ticket/7')
  adoptTokenFromAddress(page)
  expect(page.replaced).toEqual([])
})

test('the socket goes to where the page came from and shows the token', () => {
  const { sockets, heard } = openDoor('abc')
  expect(sockets[0]?.address).toBe('ws://127.0.0.1:8123/rpc')
  expect(sockets[0]?.protocols).toEqual(['understudy.v1', 'bearer.abc'])
  sockets[0]?.dispatchEvent(new Event('open'))
  expect(heard[0]?.kind).toBe('open')
})

test('without a token the window is refused, and no socket is opened', () => {
  const { sockets, heard } = openDoor(null)
  expect(heard).toEqual([{ kind: 'closed', refused: true }])
  expect(sockets).toHaveLength(0)
})

test.each([
  ['with the code for it', 4401, false, true],
  ['before it opened while the server still answers', 1006, true, true],
  ['before it opened and the server is gone', 1006, false, false],
])('a socket that closes %s counts as refused or not', async (_how, code, serverAnswers, refused) => {
  const { sockets, next } = openDoor('abc', serverAnswers)
  const event = next()
  sockets[0]?.dispatchEvent(new CloseEvent('close', { code }))
  await expect(event).resolves.toEqual({ kind: 'closed', refused })
})

test('a socket that closes after it was open is lost, not refused', () => {
  const { sockets, heard } = openDoor('abc', true)
  sockets[0]?.dispatchEvent(new Event('open'))
  sockets[0]?.dispatchEvent(new CloseEvent('close', { code: 1006 }))
  expect(heard[1]).toEqual({ kind: 'closed', refused: false })
})

/** A socket that never leaves this page. */
class StandInSocket extends EventTarget {
  readonly readyState = 0
  readonly address: string
  readonly protocols: string[]
  constructor(address: string, protocols: string[]) {
    super()
    this.address = address
    this.protocols = protocols
  }
  send(): void {}
  close(): void {}
}

function openDoor(token: string | null, serverAnswers = false) {
  const page = aPage('#/')
  if (token !== null) page.sessionStorage.setItem('understudy.token', token)
  const sockets: StandInSocket[] = []
  const heard: DoorEvent[] = []
  let arrived: (event: DoorEvent) => void = () => {}
  const door = createWebDoor(page, {
    openSocket(address, protocols) {
      const socket = new StandInSocket(address, protocols)
      sockets.push(socket)
      return socket as EventTarget as WebSocket
    },
    serverAnswers: () => Promise.resolve(serverAnswers),
  })
  door.open((event) => {
    heard.push(event)
    arrived(event)
  })
  return { sockets, heard, next: () => new Promise<DoorEvent>((resolve) => (arrived = resolve)) }
}

function aPage(hash: string) {
  const listeners = new EventTarget()
  const stored = new Map<string, string>()
  const replaced: string[] = []
  let reloads = 0
  const location = { hash, pathname: '/', host: '127.0.0.1:8123', protocol: 'http:', reload: () => reloads++ }
  const page = {
    location,
    history: { replaceState: (_data: unknown, _title: string, address: string) => replaced.push(address) },
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    },
    addEventListener: listeners.addEventListener.bind(listeners),
  }
  // The parts of a page that the door uses; a whole Window cannot be made.
  return Object.assign(page as unknown as WebPage, {
    replaced,
    reloads: () => reloads,
    fire: (name: string) => listeners.dispatchEvent(new Event(name)),
  })
}
