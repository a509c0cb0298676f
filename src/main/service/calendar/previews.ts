import { randomUUID } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { CalendarContents } from './calendar-event.ts'
import type { FeedVersion } from './fetch-feed.ts'

/** A calendar that was read and not taken in yet. */
export interface ReadSource {
  /** Null for a file. */
  readonly feed: ({ readonly url: URL } & FeedVersion) | null
  readonly contents: CalendarContents
  readonly readAt: number
}

/** What was read and may be taken in, for ten minutes and in memory only. */
export interface Previews {
  /** Keeps it. Answers the id it is known by. */
  keep(source: ReadSource): string
  /**
   * What is kept under an id.
   *
   * @throws {Refusal} when it is no longer kept.
   */
  get(id: string): ReadSource
  /** Forgets one that was taken in. */
  forget(id: string): void
}

const keptMs = 10 * 60_000
/** Each may hold thousands of events. */
const mostKept = 5

/** Creates an empty place for them. */
export function createPreviews(now: () => number): Previews {
  const kept = new Map<string, ReadSource>()
  const isOver = ({ readAt }: ReadSource) => Math.abs(now() - readAt) > keptMs
  return {
    keep(source) {
      for (const [id, each] of kept) if (isOver(each)) kept.delete(id)
      const [oldest] = kept.keys()
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
      const id = randomUUID()
      kept.set(id, source)
      return id
    },
    get(id) {
      const source = kept.get(id)
      if (source && !isOver(source)) return source
      kept.delete(id)
      throw new Refusal('refused', 'What was read of this calendar is older than ten minutes. Read it once more.')
    },
    forget: (id) => void kept.delete(id),
  }
}
