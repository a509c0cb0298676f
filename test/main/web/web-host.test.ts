import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { doorwayUrl, startWebHost, usualPort, type WebHostOptions } from '#main/web/web-host.ts'
import { createEventHub } from '#service/rpc/event-hub.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createStandInRouter } from '#test/support/stand-in-router.ts'

const options: WebHostOptions = {
  router: createStandInRouter(createEventHub('epoch-1')),
  log: createSilentLog(),
  port: undefined,
  windowDir: '/nonexistent',
  token: 'token',
  now: Date.now,
}

async function start(port: number | undefined) {
  const host = await startWebHost({ ...options, port })
  onTestFinished(() => host.close())
  return host
}

test('without a wish the usual port is taken, or one after it', async () => {
  const first = await start(undefined)
  const second = await start(undefined)
  expect(first.port).toBeGreaterThanOrEqual(usualPort)
  expect(second.port).toBeGreaterThan(first.port)
  expect(second.url).toBe(`http://127.0.0.1:${second.port}/#token=token`)
})

test('a port that was asked for and is taken is named, with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  await expect(startWebHost({ ...options, port })).rejects.toMatchObject({
    kind: 'failed',
    message: `Port ${port} is taken by another program. Choose another with --port, or leave --port out and a free one is found.`,
  })
})

test('nothing listens on the network', async () => {
  const { port } = await start(0)
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of outside) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow('fetch failed')
})

test('the address a browser is started with does not carry the token', () => {
  const url = doorwayUrl('http://127.0.0.1:47600/#token=canary-8c1f', 1_000)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:47600\/open\/1000\.[\w-]+\.[\w-]+$/)
  expect(url).not.toContain('canary')
})
