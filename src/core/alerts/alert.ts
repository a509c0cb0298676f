import type { StaleChange } from '../handoff/stale-differences.ts'
import type { InstantMs } from '../instant.ts'

/** What an alert is about. */
export type AlertKind =
  | 'new-ticket'
  | 'emergency'
  | 'customer-replied'
  | 'breach-coming'
  | 'breached'
  | 'breaches-before-ase'
  | 'ase-removed'
  | 'cc-removed'
  | 'swap-open'
  | 'coverage-coming'
  | 'coverage-started'
  | 'coverage-ended'
  | 'return-meeting-due'
  | 'return-meeting'
  | 'sign-in-ending'
  | 'account-unseen'
  | 'handoff-stale'
  | 'contingency'
  | 'woke'

/** A clock by the name people give it, and when it ends. */
export interface EndingClock {
  readonly metric: string
  readonly breachAt: InstantMs
}

/** A ticket as far as an alert speaks of it. */
export interface AlertTicket {
  readonly id: number
  /** Written by a customer. */
  readonly subject: string
  readonly priority: string | null
}

/** What an alert tells, by its kind. Names are those people read. */
export type AlertFacts =
  | {
      readonly kind: 'new-ticket' | 'emergency'
      readonly account: string
      readonly ticket: AlertTicket
      /** The clock that ends first; null when none runs. */
      readonly clock: EndingClock | null
    }
  | {
      readonly kind: 'customer-replied'
      readonly account: string
      readonly ticket: AlertTicket
      /** What the customer wrote. */
      readonly text: string
      readonly clock: EndingClock | null
    }
  | {
      readonly kind: 'breach-coming' | 'breached'
      readonly account: string
      readonly ticket: AlertTicket
      readonly clock: EndingClock
    }
  | {
      readonly kind: 'breaches-before-ase'
      readonly account: string
      readonly ticket: AlertTicket
      readonly clock: EndingClock
      readonly aseName: string
      /** When they are next at work; null when that is not known. */
      readonly aseOnlineAt: InstantMs | null
    }
  | {
      readonly kind: 'ase-removed'
      readonly account: string
      readonly ticket: AlertTicket
      readonly aseName: string
      /** Who has it now; null for nobody. */
      readonly assigneeName: string | null
    }
  | { readonly kind: 'cc-removed'; readonly account: string; readonly ticket: AlertTicket }
  | {
      readonly kind: 'swap-open'
      /** Name of the shift. */
      readonly shift: string
      readonly startsAt: InstantMs
      readonly accounts: readonly string[]
    }
  | {
      readonly kind: 'coverage-coming' | 'coverage-started' | 'coverage-ended'
      readonly account: string
      readonly aseName: string
      readonly startsAt: InstantMs
      readonly endsAt: InstantMs
      /** What is wrong with a sign-in, in words; null where nothing is. */
      readonly signInProblem: string | null
    }
  | { readonly kind: 'return-meeting-due'; readonly account: string; readonly aseName: string }
  | {
      readonly kind: 'return-meeting'
      readonly account: string
      /** Whom the person meets. */
      readonly otherName: string
      readonly startsAt: InstantMs
      /** Whether somebody chose the time; otherwise it is the first that suits both. */
      readonly isChosen: boolean
      /** Whether its day is over and nobody began. */
      readonly isOverdue: boolean
    }
  | {
      readonly kind: 'sign-in-ending'
      /** `Zendesk` or `GitLab`. */
      readonly host: string
      readonly endsAt: InstantMs
    }
  | {
      readonly kind: 'account-unseen'
      readonly account: string
      readonly since: InstantMs
      /** What went wrong at the last attempt, in words; null where nothing was said. */
      readonly problem: string | null
    }
  | {
      readonly kind: 'handoff-stale'
      readonly account: string
      readonly ticket: AlertTicket
      readonly clock: EndingClock | null
      /** What is otherwise since the ticket was gone over; null where nobody went over it. */
      readonly changes: readonly StaleChange[] | null
    }
  | {
      readonly kind: 'contingency'
      readonly account: string
      readonly ticket: AlertTicket
      readonly clock: EndingClock | null
      readonly aseName: string
      /** The ASE's own words: what was foreseen, and what is to be done then. */
      readonly foreseen: string
      readonly advice: string
    }
  | {
      readonly kind: 'woke'
      readonly account: string
      readonly ticket: AlertTicket
      /** Why it woke, a sentence. */
      readonly why: string
      /** Titles of the alerts that waited meanwhile. */
      readonly meanwhile: readonly string[]
    }

/** Something that is due to be told, once. */
export interface DueAlert {
  readonly facts: AlertFacts
  /** What it is about: `ticket 12`, `coverage ID`, `account 5`, `sign-in zendesk`, `shift ID`. */
  readonly subject: string
  /** Which occasion: with kind and subject it names the alert for good. */
  readonly instance: string
  readonly ticketId: number | null
  readonly accountId: number | null
  /** Why the person sees it, a sentence. */
  readonly why: string
  /** When it happened, or was to be told. */
  readonly dueAt: InstantMs
  /** Why it is only listed; null when it is to be told. */
  readonly listed: string | null
}
