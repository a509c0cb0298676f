import type { InstantMs } from '../instant.ts'

/** What of an account was removed: how many there were. */
export interface RemovedCounts {
  readonly tickets: number
  readonly messages: number
  readonly people: number
}

/** A removal as it was done. */
export interface RemovalFacts {
  readonly removedAt: InstantMs
  readonly removed: RemovedCounts
  /** How much of it was still found when it was looked for afterwards. */
  readonly left: number
  /** Tickets of the account that stay, because I work on them. */
  readonly staying: number
  /** Of who reads it. */
  readonly timeZone: string
}

/** What was removed, and whether anything is left, in sentences. */
export function removalWords({ removedAt, removed, left, staying, timeZone }: RemovalFacts): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone }).format(removedAt)
  const { tickets, messages, people } = removed
  const counts = [
    counted(tickets, 'ticket', 'tickets'),
    counted(messages, 'message', 'messages'),
    counted(people, 'person', 'people'),
  ]
  const remains = left === 0 ? 'nothing was left' : `${counted(left, 'trace was', 'traces were')} left`
  const kept =
    staying === 0
      ? ''
      : ` ${counted(staying, 'ticket that is', 'tickets that are')} assigned to you ${staying === 1 ? 'stays' : 'stay'} until solved.`
  return `Removed on ${day}: ${counts.join(', ')}. Looked for afterwards: ${remains}.${kept}`
}

function counted(count: number, one: string, more: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : more}`
}
