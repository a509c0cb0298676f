import type { EmergencyMark } from '#contract/settings.ts'
import type { TicketFacts } from '#core/handoff/handoff-document.ts'
import type { SaidText } from '#core/handoff/suggest-line.ts'
import { isEmergency } from '#core/tickets/emergency-mark.ts'
import { liveTicketIds } from '../db/brief-facts.ts'
import { organizationScope, readCursor } from '../db/cursors.ts'
import {
  factsRows,
  lastMessages,
  linkedIssues,
  namesByIds,
  runningClocks,
  type FactsRow,
  type LinkRow,
  type MessageRow,
} from '../db/handoff-facts.ts'
import type { ReadDb } from '../db/sql.ts'

/** A ticket as it is stored here, for a handoff. */
export interface KnownTicket {
  readonly facts: TicketFacts
  /** When it was last read, ms. */
  readonly factsAt: number
  readonly emergency: boolean
  /** On its Cc, or following it. */
  readonly people: readonly number[]
  /** Why it is not worked on for this account any more; null while it is. */
  readonly gone: string | null
  /** With their texts, as far as those were asked for. */
  readonly lastNote: SaidText | null
  readonly lastPublicReply: SaidText | null
}

/** Letters of a message in the facts. */
const firstWords = 160
/** Letters of a message that are looked through. */
const wholeText = 8000

/**
 * What is known of the tickets of an account that are worked on, and of others whose ids are given, by their ids. Those that are not
 * stored here stay out.
 */
export function ticketsKnownHere(
  db: ReadDb,
  { alsoIds, ...wanted }: Wanted & { readonly alsoIds: readonly number[] },
): ReadonlyMap<number, KnownTicket> {
  const { accountId } = wanted
  const ids = [...new Set([...liveTicketIds(db, accountId), ...alsoIds])]
  return knownTickets(db, ids, linkedIssues(db, accountId), wanted)
}

/**
 * The facts of one ticket as a handoff of an account sees them now; undefined where it is not stored here.
 *
 * @param withIssues whether those linked to it are wanted: all of the account are looked through for them.
 */
export function ticketFactsHere(
  db: ReadDb,
  ticketId: number,
  { withIssues, ...wanted }: Omit<Wanted, 'whole'> & { readonly withIssues: boolean },
): TicketFacts | undefined {
  const links = withIssues ? linkedIssues(db, wanted.accountId).filter((link) => link.ticketId === ticketId) : []
  return knownTickets(db, [ticketId], links, { ...wanted, whole: false }).get(ticketId)?.facts
}

interface Wanted {
  readonly accountId: number
  readonly emergencyMark: EmergencyMark
  /** Whether more of messages than their first words is wanted. */
  readonly whole: boolean
}

function knownTickets(
  db: ReadDb,
  ticketIds: readonly number[],
  links: readonly LinkRow[],
  { accountId, emergencyMark, whole }: Wanted,
): ReadonlyMap<number, KnownTicket> {
  const rows = factsRows(db, ticketIds)
  const ids = rows.map(({ id }) => id)
  const clocks = Map.groupBy(runningClocks(db, ids), ({ ticketId }) => ticketId)
  const messages = Map.groupBy(lastMessages(db, ids, whole ? wholeText : 3 * firstWords), ({ ticketId }) => ticketId)
  const issues = Map.groupBy(links, ({ ticketId }) => ticketId)
  const onCc = new Map(rows.map(({ id, ccIds }) => [id, JSON.parse(ccIds) as number[]]))
  const completedAt = readCursor(db, 'zendesk', organizationScope(accountId)).completedAt ?? 0
  const names = namesByIds(db, [...new Set([...onCc.values()].flat())])
  return new Map(
    rows.map((row) => {
      const said = (kind: MessageRow['kind']) => messages.get(row.id)?.find((message) => message.kind === kind)
      const { id, subject, priority, assigneeId, assigneeName, createdAt } = row
      const facts: TicketFacts = {
        ...{ subject, status: statusOf(row, accountId), priority, assigneeId, assigneeName, createdAt },
        lastCustomer: shortOf(said('customer')),
        lastPublicReply: shortOf(said('reply')),
        lastNote: shortOf(said('note')),
        clocks: (clocks.get(id) ?? []).map(({ metric, breachAt }) => ({ metric, breachAt })),
        ccNames: (onCc.get(id) ?? []).flatMap((userId) => names.get(userId) ?? []),
        issues: (issues.get(id) ?? []).map(({ reference, title, open }) => ({ reference, title, open: open === 1 })),
      }
      const known: KnownTicket = {
        facts,
        // A complete pass that did not show the ticket proves that it has not changed since.
        factsAt: Math.max(row.fetchedAt, completedAt),
        emergency: isEmergency({ ...row, tags: JSON.parse(row.tags) as string[] }, emergencyMark),
        people: [...(onCc.get(id) ?? []), ...(JSON.parse(row.followerIds) as number[])],
        gone: goneWords(row, accountId),
        lastNote: textOf(said('note')),
        lastPublicReply: textOf(said('reply')),
      }
      return [id, known]
    }),
  )
}

/** The status, or what became of a ticket that is not with the account any more: so that this, too, is a difference. */
function statusOf({ fate, status, organizationId }: FactsRow, accountId: number): string {
  return fate ?? (organizationId === accountId ? status : 'moved')
}

/** Why a ticket is not worked on for an account any more; null while it is. */
function goneWords({ fate, mergedInto, status, organizationId }: FactsRow, accountId: number): string | null {
  if (fate === 'merged') return `It was merged into ${mergedInto === null ? 'another ticket' : `ticket ${mergedInto}`}.`
  if (fate === 'deleted') return 'It was deleted.'
  if (fate === 'archived') return 'Zendesk has archived it.'
  if (fate !== null) return 'Zendesk does not show it to you any more.'
  if (organizationId !== accountId) return 'It was moved to another organization.'
  return status === 'solved' || status === 'closed' ? `It is ${status}.` : null
}

function shortOf(message: MessageRow | undefined): TicketFacts['lastNote'] {
  if (!message) return null
  const words = message.text
    .slice(0, 3 * firstWords)
    .replaceAll(/\s+/g, ' ')
    .trim()
  const short = words.length <= firstWords ? words : `${words.slice(0, firstWords - 1).trimEnd()}…`
  return { at: message.at, byName: message.byName ?? 'Somebody', words: short }
}

function textOf(message: MessageRow | undefined): SaidText | null {
  return message ? { at: message.at, byName: message.byName ?? 'Somebody', text: message.text } : null
}
