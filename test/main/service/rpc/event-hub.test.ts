import { describe, expect, test } from 'vitest'
import type { ChangeEvent } from '#contract/events.ts'
import { createEventHub } from '#service/rpc/event-hub.ts'

/** Takes so many notices from a stream and ends it. */
async function take(stream: AsyncGenerator<ChangeEvent, void, void>, count: number): Promise<ChangeEvent[]> {
  const taken: ChangeEvent[] = []
  while (taken.length < count) {
    const { value } = await stream.next()
    if (value) taken.push(value)
  }
  await stream.return()
  return taken
}

const brief = (events: readonly ChangeEvent[]) => events.map((event) => `${event.seq} ${event.kind}`)

describe('notices', () => {
  test('count up by one, name the epoch and carry ids as text', () => {
    const hub = createEventHub('e1')
    const heard: ChangeEvent[] = []
    hub.listen((event) => heard.push(event))
    hub.publish('tickets', [101, '102'])
    hub.publish('sync')
    expect(heard).toEqual([
      { epoch: 'e1', seq: 1, kind: 'tickets', ids: ['101', '102'] },
      { epoch: 'e1', seq: 2, kind: 'sync', ids: [] },
    ])
  })

  test('reach nobody who stopped listening', () => {
    const hub = createEventHub('e1')
    const heard: number[] = []
    const stop = hub.listen((event) => heard.push(event.seq))
    hub.publish('sync')
    stop()
    stop()
    hub.publish('sync')
    expect(heard).toEqual([1])
    expect(hub.listenerCount).toBe(0)
  })
})

describe('a stream', () => {
  test('of a reader who knows nothing begins with reset, then hears everything in order', async () => {
    const hub = createEventHub('e1')
    hub.publish('tickets')
    const stream = hub.stream(null, 0, undefined)
    const first = await stream.next()
    expect(first.value).toEqual({ epoch: 'e1', seq: 1, kind: 'reset', ids: [] })
    hub.publish('alerts')
    hub.publish('sync')
    const waiting = take(stream, 3)
    hub.publish('issues')
    expect(brief(await waiting)).toEqual(['2 alerts', '3 sync', '4 issues'])
  })

  test('of a reader who comes back replays what it missed and nothing else', async () => {
    const hub = createEventHub('e1')
    for (const kind of ['tickets', 'issues', 'alerts'] as const) hub.publish(kind)
    expect(brief(await take(hub.stream('e1', 1, undefined), 2))).toEqual(['2 issues', '3 alerts'])
    const upToDate = hub.stream('e1', 3, undefined)
    const next = upToDate.next()
    hub.publish('sync')
    expect((await next).value).toMatchObject({ seq: 4, kind: 'sync' })
    await upToDate.return()
  })

  test('has no gap between being asked for and being read', async () => {
    const hub = createEventHub('e1')
    const stream = hub.stream('e1', 0, undefined)
    hub.publish('tickets')
    expect(brief(await take(stream, 1))).toEqual(['1 tickets'])
  })

  test('begins with reset when what was missed is no longer known, and not a notice earlier', async () => {
    const hub = createEventHub('e1')
    for (let count = 0; count < 300; count += 1) hub.publish('tickets')
    expect(brief(await take(hub.stream('e1', 43, undefined), 1))).toEqual(['300 reset'])
    const replayed = await take(hub.stream('e1', 44, undefined), 256)
    expect(replayed[0]?.seq).toBe(45)
    expect(replayed.at(-1)?.seq).toBe(300)
  })

  test('begins with reset for a reader of another run, or one that claims to be ahead', async () => {
    const hub = createEventHub('e2')
    hub.publish('tickets')
    expect(brief(await take(hub.stream('e1', 1, undefined), 1))).toEqual(['1 reset'])
    expect(brief(await take(hub.stream('e2', 9, undefined), 1))).toEqual(['1 reset'])
    expect(brief(await take(createEventHub('e3').stream(null, 0, undefined), 1))).toEqual(['0 reset'])
  })

  test('is one reader’s own: another one hears the same', async () => {
    const hub = createEventHub('e1')
    const both = [take(hub.stream('e1', 0, undefined), 2), take(hub.stream('e1', 0, undefined), 2)]
    hub.publish('tickets')
    hub.publish('sync')
    const [one, other] = await Promise.all(both)
    expect(one).toEqual(other)
  })
})

describe('nobody is left behind', () => {
  test('by a reader that leaves while it waits for the next notice', async () => {
    const hub = createEventHub('e1')
    const stream = hub.stream('e1', 0, undefined)
    const next = stream.next()
    expect(hub.listenerCount).toBe(1)
    await stream.return()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(hub.listenerCount).toBe(0)
    expect((await stream.next()).done).toBe(true)
  })

  test('by a reader that leaves between two notices', async () => {
    const hub = createEventHub('e1')
    hub.publish('tickets')
    for await (const event of hub.stream('e1', 0, undefined)) {
      expect(event.seq).toBe(1)
      break
    }
    expect(hub.listenerCount).toBe(0)
  })

  test('by a reader whose signal is aborted, while it waits or before it began', async () => {
    const hub = createEventHub('e1')
    const leaving = new AbortController()
    const stream = hub.stream('e1', 0, leaving.signal)
    const next = stream.next()
    leaving.abort()
    expect((await next).done).toBe(true)
    expect(hub.listenerCount).toBe(0)
    expect((await hub.stream(null, 0, leaving.signal).next()).done).toBe(true)
    expect(hub.listenerCount).toBe(0)
  })

  test('by a reader that never read', async () => {
    const hub = createEventHub('e1')
    await hub.stream(null, 0, undefined).return()
    expect(hub.listenerCount).toBe(0)
  })
})
