import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { beforeAll, expect, test } from 'vitest'
import { portChannel } from '#main/desktop/rpc-port.ts'
import { buildPreload } from '#test/support/built-app.ts'

const built = fileURLToPath(new URL('../../out/preload/index.cjs', import.meta.url))

beforeAll(buildPreload, 60_000)

/** The built preload script, run as a page's would be; what it did and what it left behind. */
function runPreload() {
  const listeners = new Map<string, (event: { readonly ports: readonly object[] }) => void>()
  const posted: unknown[][] = []
  const required: string[] = []
  const bridged: string[] = []
  const page = {
    location: { origin: 'app://understudy' },
    window: { postMessage: (...details: unknown[]) => void posted.push(details) },
    require(name: string) {
      required.push(name)
      return {
        ipcRenderer: {
          on: (channel: string, listener: typeof listeners extends Map<string, infer L> ? L : never) =>
            void listeners.set(channel, listener),
        },
        contextBridge: { exposeInMainWorld: (key: string) => void bridged.push(key) },
      }
    },
  }
  const before = Object.keys(page.window)
  runInNewContext(readFileSync(built, 'utf8'), page)
  return {
    listeners,
    posted,
    required,
    bridged,
    added: Object.keys(page.window).filter((key) => !before.includes(key)),
  }
}

test('it needs electron alone, as a sandboxed script must', () => {
  expect(runPreload().required).toEqual(['electron'])
})

test('it leaves nothing on the page', () => {
  const { added, bridged } = runPreload()
  expect([...added, ...bridged]).toEqual([])
})

test('it hands the port on to its own page and to no other origin', () => {
  const { listeners, posted } = runPreload()
  const port = {}
  expect([...listeners.keys()]).toEqual([portChannel])
  listeners.get(portChannel)?.({ ports: [port] })
  // The array comes from the script's own realm.
  expect(posted.map(([message, origin, ports]) => [message, origin, [...(ports as object[])]])).toEqual([
    ['understudy:port', 'app://understudy', [port]],
  ])
})

test('a message without a port is not passed on', () => {
  const { listeners, posted } = runPreload()
  listeners.get(portChannel)?.({ ports: [] })
  expect(posted).toEqual([])
})
