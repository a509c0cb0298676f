import type { Contingency, Severity, Trigger } from '../handoff/handoff-document.ts'
import type { InstantMs } from '../instant.ts'
import type { WorkKind } from '../issues/issue.ts'

/**
 * What a row of the return meeting tells, the gravest first: the order in which the list is run. What could not be seen comes before
 * everything, because the rest is to be read by it.
 */
export const returnRowKinds = [
  'gap',
  'emergency',
  'breached',
  'contingency-wrong',
  'contingency-fired',
  'promised',
  'reopened',
  'priority',
  'nearly-missed',
  'new',
  'gone',
  'assignee',
  'guard',
  'action-item',
  'transferred',
  'issue',
  'status',
  'solved',
  'replied',
  'noted',
] as const

/** One of them. */
export type ReturnRowKind = (typeof returnRowKinds)[number]

/** What two people can decide of a row. */
export const returnDecisionKinds = ['keep', 'transfer', 'close-out', 'follow-up', 'know'] as const

/** One of them. */
export type ReturnDecisionKind = (typeof returnDecisionKinds)[number]

/** One thing that happened, and how that is known. */
export interface ReturnEvidence {
  readonly at: InstantMs
  /** Zendesk user; null for Zendesk itself, for people of GitLab, and where it is not known. */
  readonly byId: number | null
  readonly byName: string | null
  /** Who covered the account then; null where nobody did. */
  readonly coverName: string | null
  /** `Priority: normal → urgent`. */
  readonly words: string
  /** What was said, its beginning; empty where nothing was. */
  readonly quote: string
  /** Not for the customer's eyes. */
  readonly isPrivate: boolean
  /** Whether when and who are as the source's own history tells; otherwise it was so by then, and who did it is not known. */
  readonly isExact: boolean
  /** The message it is. */
  readonly commentId: number | null
}

/** The issue or epic a row is about. */
export interface ReturnIssue {
  readonly kind: WorkKind
  readonly projectId: number
  readonly iid: number
}

/** One row of the return meeting: all that happened of one kind to one ticket or issue. */
export interface ReturnRow {
  /** Names the row for good: the same when the list is built again, also from other evidence. */
  readonly key: string
  readonly kind: ReturnRowKind
  /** How grave it is; the lower, the sooner it is gone over. */
  readonly rank: number
  readonly ticketId: number | null
  readonly issue: ReturnIssue | null
  /** Of the ticket or issue; of what is about neither, what it is about. */
  readonly subject: string
  /** What happened, in a line. */
  readonly words: string
  /** When it happened last. */
  readonly at: InstantMs
  /** Calendar day until when something was promised or is to be done; empty for none. */
  readonly dueOn: string
  /** Oldest first. */
  readonly evidence: readonly ReturnEvidence[]
}

/** Something that was recorded of a ticket or an issue, see `contract/activity.ts`. */
export interface RecordedEvent {
  readonly kind: string
  readonly at: InstantMs
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
}

/** What the ASE wrote of a ticket before they left. */
export interface HandedLine {
  readonly severity: Severity | null
  readonly contingencies: readonly Contingency[]
}

/** A contingency that is watched for, and from when on. */
export interface WatchedTrigger {
  readonly id: string
  readonly if: string
  readonly then: string
  readonly trigger: Trigger
  readonly since: InstantMs
}

/** Who and what a list is about: the same for all of its rows. */
export interface ReturnSetting {
  /** The stretch of time that is told about. */
  readonly startsAt: InstantMs
  readonly endsAt: InstantMs
  readonly accountId: number
  readonly aseId: number
  /** Everybody who covered the account in this absence. */
  readonly coverIds: ReadonlySet<number>
  /** Who covered the account at an instant. */
  readonly coverName: (at: InstantMs) => string | null
  /** The name of a Zendesk user, or null. */
  readonly nameOf: (id: number) => string | null
  /** By whose calendar somebody means a day. */
  readonly zoneOf: (userId: number | null) => string
  /** Where who reads is. */
  readonly timeZone: string
}
