import { expect, test } from 'vitest'
import { createConnection } from '#renderer/api/connection.ts'
import type { Door, DoorEvent, Link } from '#renderer/api/door.ts'

test('calls wait until the connection is open', async () => {
  const { door, say } = aDoor()
  const connection = createConnection(door, () => () => {})
  connection.start()
  const answer = connection.client.app.status({})
  expect(connection.status()).toBe('connecting')
  say({ kind: 'open', link: linkThatAnswers('hello') })
  await expect(answer).resolves.toBe('hello')
  expect(connection.status()).toBe('open')
})

test('a call that is given up while it waits does not go out later', async () => {
  const { door, say } = aDoor()
  const connection = createConnection(door, () => () => {})
  connection.start()
  const giveUp = new AbortController()
  const answer = connection.client.app.status({}, { signal: giveUp.signal })
  giveUp.abort(new Error('given up'))
  await expect(answer).rejects.toThrow('given up')
  say({ kind: 'open', link: linkThatAnswers('late') })
})

test('a lost connection is opened again, after longer and longer waits of at most ten seconds', () => {
  const { door, say, opened } = aDoor()
  const waits: { ms: number; run: () => void }[] = []
  const connection = createConnection(door, (ms, run) => (waits.push({ ms, run }), () => {}))
  connection.start()
  say({ kind: 'open', link: linkThatAnswers('') })
  for (let round = 0; round < 9; round++) {
    say({ kind: 'closed', refused: false })
    waits.at(-1)?.run()
  }
  expect(connection.status()).toBe('lost')
  expect(opened()).toBe(10)
  const asked = waits.map(({ ms }) => ms)
  expect(asked[0]).toBeLessThanOrEqual(250)
  expect(asked[3]).toBeGreaterThan(asked[0] ?? 0)
  expect(Math.max(...asked)).toBeLessThanOrEqual(10_000)
  say({ kind: 'open', link: linkThatAnswers('') })
  expect(connection.status()).toBe('open')
})

test('a window the service does not know stops trying after the second refusal', () => {
  const { door, say, opened } = aDoor()
  const connection = createConnection(door, (_ms, run) => (queue.push(run), () => {}))
  const queue: (() => void)[] = []
  connection.start()
  say({ kind: 'closed', refused: true })
  expect(connection.status()).toBe('connecting')
  queue.shift()?.()
  say({ kind: 'closed', refused: true })
  expect(connection.status()).toBe('refused')
  expect(queue).toHaveLength(0)
  connection.retryNow()
  expect(opened()).toBe(3)
})

function aDoor(): { door: Door; say: (event: DoorEvent) => void; opened: () => number } {
  let listener: (event: DoorEvent) => void = () => {}
  let count = 0
  return {
    door: {
      retries: true,
      open(next) {
        count++
        listener = next
        return () => {}
      },
    },
    say: (event) => listener(event),
    opened: () => count,
  }
}

function linkThatAnswers(answer: unknown): Link {
  return { call: () => Promise.resolve(answer) }
}
