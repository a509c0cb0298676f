import { isWithin, type InstantMs } from '../instant.ts'
import type { HandedLine, ReturnSetting, WatchedTrigger } from './return-row.ts'
import type { RowHead } from './row-parts.ts'
import type { FieldChange, TicketHistory } from './ticket-changes.ts'

/** What the ASE left of a ticket. */
export interface HandedTicket {
  readonly line: HandedLine | null
  readonly watched: readonly WatchedTrigger[]
  /** When an issue was closed that a contingency watches. */
  readonly closedAt: (issue: { readonly projectId: number; readonly iid: number }) => readonly InstantMs[]
}

/** A ticket with all that its rows are made of. */
export interface TicketLook {
  readonly history: TicketHistory
  readonly changes: readonly FieldChange[]
  readonly setting: ReturnSetting
  /** Begins a row about it. */
  readonly head: (
    row: Pick<RowHead, 'kind' | 'words'> & { readonly of?: string; readonly isLight?: boolean },
  ) => RowHead
  /** Whether it came to the account inside of the window, by being opened or moved there. */
  readonly isNew: boolean
}

/** Looks at a ticket from inside of a window. */
export function lookAt(history: TicketHistory, changes: readonly FieldChange[], setting: ReturnSetting): TicketLook {
  const { id, subject, createdAt } = history
  return {
    ...{ history, changes, setting },
    head: ({ kind, words, of = '', isLight = false }) => ({
      ...{ kind, words, isLight, subject, ticketId: id, issue: null },
      key: `ticket:${id}/${kind}${of === '' ? '' : `/${of}`}`,
    }),
    isNew: isWithin(createdAt, setting) || arrivals(changes, setting).length > 0,
  }
}

/** The part of a window in which a ticket was the account's: what happened to it elsewhere is not handed back. */
export function whileOfAccount<Setting extends Pick<ReturnSetting, 'accountId' | 'startsAt' | 'endsAt'>>(
  changes: readonly FieldChange[],
  setting: Setting,
): Setting {
  const { accountId, startsAt, endsAt } = setting
  const course = changes.filter(({ field }) => field === 'organization_id')
  const came = course[0]?.from === accountId ? undefined : course.find(({ to }) => to === accountId)
  const left = course.at(-1)?.to === accountId ? undefined : course.findLast(({ from }) => from === accountId)
  return {
    ...setting,
    startsAt: Math.max(startsAt, came?.at ?? startsAt),
    // That it left is the last thing to be told.
    endsAt: Math.min(endsAt, left ? left.at + 1 : endsAt),
  }
}

/** When it was moved to the account. */
export function arrivals(changes: readonly FieldChange[], setting: ReturnSetting): FieldChange[] {
  const { accountId } = setting
  return changes.filter(({ field, to, at }) => field === 'organization_id' && to === accountId && isWithin(at, setting))
}

/** Who got a ticket first that had nobody. */
export function firstAssignment(changes: readonly FieldChange[]): FieldChange | undefined {
  const first = changes.find(({ field }) => field === 'assignee_id')
  return first && first.from === null ? first : undefined
}

/** What a user is called. */
export function nameIn({ nameOf }: Pick<ReturnSetting, 'nameOf'>, id: unknown): string {
  return typeof id === 'number' ? (nameOf(id) ?? `user ${id}`) : 'nobody'
}
