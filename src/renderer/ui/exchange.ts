import type { WritePreview } from '#contract/outbox.ts'
import type { PlanIssue } from '#contract/plans.ts'

/** What taking in what somebody handed over changes here, or has changed. */
export interface TakingIn {
  readonly changes: readonly string[]
  readonly conflicts: readonly {
    readonly about: string
    readonly sides: readonly { readonly words: string }[]
  }[]
  /** What could not be read of it. */
  readonly unread?: readonly string[]
}

/** Something that two people hand over to each other, as text, as a file, or through an issue in GitLab: plans, handoffs. */
export interface Exchange<Outcome extends TakingIn> {
  readonly noun: string
  /** Endings of its files, as a file field takes them. */
  readonly files: string
  /** Letters it may have at most. */
  readonly longest: number
  /** Takes in a text, or what stands in an issue. Without `apply` it only says what would change. */
  readonly takeIn: (from: { text: string } | { reference: string }, apply: boolean) => Promise<Outcome>
  /** That something of it was not known here before; undefined where that is not so. */
  readonly freshWords: (outcome: Outcome) => string | undefined
  /** Says that it was taken in, and shows it. */
  readonly takenIn: (outcome: Outcome) => Promise<void>
}

/** How one of them stands to its issue in GitLab. */
export type IssueStanding = Omit<PlanIssue, 'project' | 'waiting'> & { readonly waiting: TakingIn | null }

/** One plan or handoff, and its issue. */
export interface ExchangedOne<Outcome extends TakingIn> extends Exchange<Outcome> {
  readonly id: string
  /** What a new issue is opened as. */
  readonly openWords: string
  /** What sending it to its issue, or to another one, would write. */
  readonly previewIssue: (
    another: boolean,
    signal: AbortSignal,
  ) => Promise<{ readonly preview: WritePreview; readonly along: TakingIn }>
  /** Takes in what stands in its issue. */
  readonly fetch: (apply: boolean, signal?: AbortSignal) => Promise<Outcome>
}
