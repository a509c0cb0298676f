import { expect, test } from 'vitest'
import { createDesktopDoor } from '#renderer/api/desktop-door.ts'
import type { DoorEvent } from '#renderer/api/door.ts'

test('a port from the page itself opens the door, and a new one takes its place', async () => {
  const { heard, next } = listen()
  const first = next()
  sendPort('understudy:port')
  await first
  const second = next()
  sendPort('understudy:port')
  await second
  expect(heard.map((event) => event.kind)).toEqual(['open', 'open'])
})

test('calls under way on a port that is replaced fail instead of waiting for ever', async () => {
  const { heard, next } = listen()
  const first = next()
  sendPort('understudy:port')
  await first
  const [open] = heard
  const answer = open?.kind === 'open' ? open.link.call(['app', 'status'], {}, { context: {} }) : Promise.resolve()
  const outcome = Promise.resolve(answer).then(
    () => 'answered',
    () => 'failed',
  )
  sendPort('understudy:port')
  expect(await outcome).toBe('failed')
})

test('other messages and messages of other windows are not listened to', async () => {
  const { heard, next } = listen()
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const channel = new MessageChannel()
  window.dispatchEvent(
    new MessageEvent('message', { data: 'understudy:port', source: frame.contentWindow, ports: [channel.port1] }),
  )
  sendPort('another:port')
  const right = next()
  sendPort('understudy:port')
  await right
  expect(heard).toHaveLength(1)
  frame.remove()
})

function sendPort(data: string): void {
  window.postMessage(data, location.origin, [new MessageChannel().port2])
}

function listen(): { heard: DoorEvent[]; next: () => Promise<void> } {
  const heard: DoorEvent[] = []
  let arrived = () => {}
  createDesktopDoor(window).open((event) => {
    heard.push(event)
    arrived()
  })
  return { heard, next: () => new Promise((resolve) => (arrived = resolve)) }
}
