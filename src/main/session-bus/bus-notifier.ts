import type { Notice, NoticeHandlers, Notifier } from '#service/ports.ts'
import type { ServerNotice } from './notification-bus.ts'
import { openServerReach, type ServerListener, type ServerReachOptions } from './server-reach.ts'

/** Shows notices through the desktop's notification server for as long as there is one. */
export interface BusNotifier extends Notifier {
  /** Lets go of the bus. What is on the screen stays there. */
  disconnect(): void
}

/** Notices that can still be clicked; the oldest is let go beyond this. */
const heldNotices = 200
/** Of the specification: its time was up. Servers keep it in a list where it can still be clicked. */
const expired = 1

const markup = ['body-markup', 'body-hyperlinks', 'body-images']

interface Held {
  readonly notice: Notice
  readonly handlers: NoticeHandlers
  /** Whether a server has taken it. */
  sent: boolean
}

/**
 * Opens a notifier over the session bus. `native` is true while a server answers; without one, alerts wait for a window. What could not be
 * shown, because the server went just then, is shown when one comes.
 */
export async function openBusNotifier(options: ServerReachOptions): Promise<BusNotifier> {
  const held = new Map<string, Held>()
  /** The present server's numbers, by tag. */
  const numbers = new Map<string, number>()
  const forget = (tag: string) => {
    held.delete(tag)
    numbers.delete(tag)
  }
  /** One after the other: what replaces a notice has to know its number. */
  let last: Promise<void> = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work).catch((error: unknown) => {
      options.log.error({ err: error }, 'a notification was not shown')
    })
  }
  const send = (tag: string, one: Held) =>
    reach.call(async (bus, able) => {
      if (held.get(tag) !== one) return
      numbers.set(tag, await bus.notify(asServerNotice(one.notice, numbers.get(tag) ?? 0, able)))
      one.sent = true
    })
  const takeDown = (tag: string): Promise<void> => {
    const id = numbers.get(tag)
    forget(tag)
    // It may be gone from the screen already; there is nothing to say then.
    return reach.call(async (bus) => (id === undefined ? undefined : bus.close(id).catch(() => undefined)))
  }
  const tagOf = (id: number) => [...numbers].find(([, number]) => number === id)?.[0]
  const listener: ServerListener = {
    onAction(id, key) {
      const tag = tagOf(id)
      const one = tag === undefined ? undefined : held.get(tag)
      if (tag === undefined || !one) return
      void takeDown(tag)
      if (key === 'default') one.handlers.onOpen()
      else if (key === 'snooze' || key === 'dismiss') one.handlers.onAction(key)
    },
    onClosed(id, reason) {
      const tag = tagOf(id)
      if (tag !== undefined && reason !== expired) forget(tag)
    },
    onChanged: () => numbers.clear(),
    onAble() {
      for (const [tag, one] of held) if (!one.sent) inTurn(() => send(tag, one))
    },
  }
  const reach = await openServerReach(options, listener)
  return {
    get native() {
      return reach.able() !== null
    },
    state: () => ({ allowed: reach.able() ? 'yes' : 'no', problem: reach.problem() }),
    show(notice, handlers) {
      const one: Held = { notice, handlers, sent: false }
      held.delete(notice.tag)
      held.set(notice.tag, one)
      const [oldest] = held.keys()
      if (held.size > heldNotices && oldest !== undefined) forget(oldest)
      inTurn(() => send(notice.tag, one))
    },
    close: (tag) => inTurn(() => takeDown(tag)),
    disconnect: () => reach.disconnect(),
  }
}

function asServerNotice(notice: Notice, replaces: number, able: ReadonlySet<string>): ServerNotice {
  const actions = notice.actions.map(({ id, words }) => [id, words] as const)
  return {
    replaces,
    summary: notice.title,
    // SECURITY: a customer's words are text, also where the server reads markup. Some read it and name only what it can hold.
    body: markup.some((word) => able.has(word)) ? escaped(notice.body) : notice.body,
    actions: able.has('actions') ? [['default', 'Open'], ...actions] : [],
    critical: notice.urgent,
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
