import type { SourceName } from '../db/source-name.ts'

/** What of a source is kept in step by itself: due by itself, failing by itself, read in slices. */
export interface SyncJob {
  readonly source: SourceName
  /** The stream its words of failure are kept with. */
  readonly scope: string
  /** Words for a person. */
  readonly name: string
  /** Other streams that are as fresh as this one; its failure is theirs. */
  readonly alsoFor?: readonly string[]
  /** When it is wanted next, ms; a past instant: now. */
  readonly dueAt: number
  /** Of several that are due the lowest goes first; equal ones take turns. */
  readonly rank: number
  /** Whether it is wanted whenever a person asks for everything now. */
  readonly onDemand: boolean
  /** True for one with many small slices, whose changes are told when the last one is done. */
  readonly quiet?: boolean
  /** Reads a slice: a few pages. `more` when it is not at its end. */
  run(): Promise<'more' | 'done'>
}

/** When something is due that has nothing to do at present. */
export const never = Number.POSITIVE_INFINITY

/** The order in which what is due is read: who needs it soonest. */
export const ranks = {
  poll: 0,
  firstPage: 1,
  lookUp: 2,
  clocks: 3,
  firstOfMine: 4,
  details: 5,
  firstPass: 6,
  hourly: 7,
  sweepBegun: 8,
  sweep: 9,
} as const

/**
 * When something is due again that was completed at some instant, ms. Never completed is due now, and so is what was completed
 * in the future: the computer's clock was set back.
 */
export function dueAfter(completedAt: number | null, everyMs: number, now: number): number {
  return completedAt === null || completedAt > now ? 0 : completedAt + everyMs
}

/** What a long read is at, for a person. */
export interface SyncProgress {
  readonly words: string
  readonly done: number
  readonly total: number | null
}
