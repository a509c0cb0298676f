import type { EventEmitter } from 'node:events'
import { DBusError, Message, MessageType, sessionBus, Variant, type MessageBus } from '@jellybrick/dbus-next'

/** What a notification server is asked to show. */
export interface ServerNotice {
  /** The server's number of the notification whose place it takes; 0: none. */
  readonly replaces: number
  readonly summary: string
  /** Markup where the server reads any, plain text where it does not. */
  readonly body: string
  /** Pairs of key and words; the key `default` is a click on the notification itself. */
  readonly actions: readonly (readonly [key: string, words: string])[]
  readonly critical: boolean
}

/** What is heard from the bus. */
export interface BusListener {
  readonly onAction: (id: number, key: string) => void
  readonly onClosed: (id: number, reason: number) => void
  /** The server came, or another took its place, or (false) it went: its numbers mean nothing any more. */
  readonly onServer: (present: boolean) => void
  /** The connection broke; nothing can be sent over it any more. */
  readonly onBroken: (error: Error) => void
}

/** The session bus as far as notifications need it. Calls reject with an `Error`. */
export interface NotificationBus {
  /** What the server can do, by the specification's words. Starts a server that the system knows how to start. */
  capabilities(): Promise<ReadonlySet<string>>
  /** Answers the server's number of it. */
  notify(notice: ServerNotice): Promise<number>
  close(id: number): Promise<void>
  disconnect(): void
}

const service = 'org.freedesktop.Notifications'
const path = '/org/freedesktop/Notifications'
const bus = { name: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' } as const
const urgencies = { normal: 1, critical: 2 } as const
const timeouts = { asTheServerLikes: -1, never: 0 } as const

/**
 * Connects to a session bus and listens to its notification server, whether there is one yet or not.
 *
 * Messages are written by hand after the Desktop Notifications Specification (1.2) instead of asking the server to describe itself, so that
 * no XML of another program is ever read.
 *
 * @param address a `unix:` address, as `DBUS_SESSION_BUS_ADDRESS` has it.
 * @throws Error when there is no bus, or it does not let us in.
 */
export async function connectNotificationBus(address: string, listener: BusListener): Promise<NotificationBus> {
  const connection = await connect(address)
  failures(connection).on('error', (error: Error) => listener.onBroken(error))
  // SECURITY: anybody on the bus can send a signal to us; only what the server itself says counts.
  let owner: string | null = null
  connection.on('message', (message) => {
    if (message.type !== MessageType.SIGNAL) return
    const { sender, member, body } = message
    if (sender === bus.name && member === 'NameOwnerChanged' && body[0] === service) {
      owner = textOf(body[2]) || null
      return listener.onServer(owner !== null)
    }
    if (sender !== owner || message.interface !== service) return
    if (member === 'ActionInvoked') listener.onAction(numberOf(body[0]), textOf(body[1]))
    if (member === 'NotificationClosed') listener.onClosed(numberOf(body[0]), numberOf(body[1]))
  })
  const ofBus = { destination: bus.name, path: bus.path, interface: bus.name, signature: 's' }
  const rules = [
    `type='signal',sender='${service}',interface='${service}',path='${path}'`,
    `type='signal',sender='${bus.name}',interface='${bus.name}',member='NameOwnerChanged',arg0='${service}'`,
  ]
  for (const rule of rules) await connection.call(new Message({ ...ofBus, member: 'AddMatch', body: [rule] }))
  const ask = async (member: string, signature = '', body: unknown[] = []) => {
    const reply = await connection.call(
      new Message({ destination: service, path, interface: service, member, signature, body }),
    )
    owner = reply?.sender ?? owner
    return reply?.body[0]
  }
  return {
    async capabilities() {
      const words = await ask('GetCapabilities')
      return new Set(Array.isArray(words) ? words.map(textOf) : [])
    },
    notify: async (notice) => numberOf(await ask('Notify', 'susssasa{sv}i', notifyBody(notice))),
    async close(id) {
      await ask('CloseNotification', 'u', [id])
    },
    disconnect: () => connection.disconnect(),
  }
}

/** Whether a call failed because no program on this bus shows notifications. */
export function isNoServer(error: unknown): boolean {
  return (
    error instanceof DBusError &&
    ['org.freedesktop.DBus.Error.ServiceUnknown', 'org.freedesktop.DBus.Error.NameHasNoOwner'].includes(error.type)
  )
}

function notifyBody({ replaces, summary, body, actions, critical }: ServerNotice): unknown[] {
  const hints = {
    urgency: new Variant('y', critical ? urgencies.critical : urgencies.normal),
    'desktop-entry': new Variant('s', 'understudy'),
  }
  const timeout = critical ? timeouts.never : timeouts.asTheServerLikes
  return ['Understudy', replaces, '', summary, body, actions.flat(), hints, timeout]
}

function connect(address: string): Promise<MessageBus> {
  return new Promise((resolve, reject) => {
    // SECURITY: the library also knows addresses that start a program or lead into the network.
    const local = address.split(';').find((one) => one.startsWith('unix:'))
    if (local === undefined) return reject(new Error(`${address} is no address on this machine`))
    const connection = sessionBus({ busAddress: local, authMethods: ['EXTERNAL'] })
    const failed = (error: Error) => reject(error)
    failures(connection).once('error', failed)
    connection.once('connect', () => {
      failures(connection).off('error', failed)
      resolve(connection)
    })
  })
}

/** The library's types leave out that a connection tells of its errors. */
function failures(connection: MessageBus): EventEmitter {
  return connection
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
