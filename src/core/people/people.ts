import type { InstantMs, Window } from '../instant.ts'

/** Working hours of one weekday in the person's own zone, as minutes since local midnight; `to` past 1440 ends the next day. */
export interface WorkingHours {
  /** ISO weekday, 1 is Monday. */
  readonly weekday: number
  readonly fromMinute: number
  readonly toMinute: number
}

/** A support engineer as the rules see one. The id is their Zendesk user id. */
export interface Person {
  readonly id: number
  readonly name: string
  /** IANA zone, `Europe/Berlin`. */
  readonly timeZone: string
  readonly region: string
  readonly workingHours: readonly WorkingHours[]
  /** Days on which they do not work, as `YYYY-MM-DD` of their own calendar: from midnight to midnight where they are. */
  readonly daysOff: readonly string[]
  readonly slackHandle: string | null
}

/** When an ASE is away. */
export interface Absence extends Window {
  readonly id: string
  readonly personId: number
}

/** A customer: one Zendesk organization, whose id is the account's id. */
export interface Account {
  readonly id: number
  readonly name: string
  readonly aseId: number | null
  /** When the ASE took the account; tickets opened before it are pre-ASE tickets (rule 10). */
  readonly aseSince: InstantMs | null
}

/** One account, one covering engineer, one window of time inside an absence. */
export interface Coverage extends Window {
  readonly id: string
  readonly absenceId: string
  readonly accountId: number
  readonly coverId: number
  /** When the account was handed back. It is its end where it was planned to go on. */
  readonly handedBackAt?: InstantMs | null
}
