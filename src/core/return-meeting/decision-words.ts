import type { ReturnDecisionKind } from './return-row.ts'

/** What two people decided of a row, without what they noted. */
export interface DecidedWhat {
  readonly kind: ReturnDecisionKind
  /** Who follows up and until when; empty for everything else. */
  readonly owner: string
  readonly dueOn: string
}

/** The two sides of a return meeting, by name. */
export interface MeetingSides {
  readonly aseName: string
  /** In the order they covered. */
  readonly coverNames: readonly string[]
}

/** Who has the account last, and keeps what is kept. */
export function lastCover({ coverNames }: MeetingSides): string {
  return coverNames.at(-1) ?? 'who covered'
}

/** What was decided, as the end of a sentence about a ticket: `goes to Dana Whitfield`. */
export function decisionWords({ kind, owner, dueOn }: DecidedWhat, sides: MeetingSides): string {
  switch (kind) {
    case 'keep':
      return `stays with ${lastCover(sides)}`
    case 'transfer':
      return `goes to ${sides.aseName}`
    case 'close-out':
      return 'needs nothing more'
    case 'follow-up':
      return `is followed up by ${owner} until ${dueOn}`
    case 'know':
      return 'is known'
  }
}
