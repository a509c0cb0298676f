import type { TicketPriority, TicketType } from '../world/ticket.ts'

/** Who speaks: the customer, an agent in public, or an agent in an internal note. */
export type Speaker = 'customer' | 'agent' | 'note'

/**
 * A support case as a conversation: what the customer first writes, and every message after it. Texts are plain
 * Markdown; `{host}`, `{version}`, `{older}`, `{requester}`, `{agent}`, `{n}`, `{m}`, `{node}`, `{project}`, `{date}`
 * and `{time}` are filled in, differently for every ticket.
 */
export interface Problem {
  readonly key: string
  readonly subject: string
  readonly area: string
  readonly type: TicketType
  readonly priority: TicketPriority
  readonly turns: readonly (readonly [Speaker, string])[]
}

/** What the placeholders of one ticket stand for. */
export interface Details {
  readonly host: string
  readonly requester: string
  readonly agent: string
  readonly version: string
  readonly older: string
  readonly node: string
  readonly project: string
  readonly n: string
  readonly m: string
  readonly date: string
  readonly time: string
}

/** Fills the placeholders of a text. A word in braces that is no placeholder stays as it is. */
export function fillIn(text: string, details: Details): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in details ? details[name as keyof Details] : whole))
}
