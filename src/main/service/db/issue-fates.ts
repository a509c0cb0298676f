import type { ActivityEvent } from '#contract/activity.ts'
import type { IssueFate, IssueKey } from '#core/issues/issue.ts'
import { recordEvent } from './events.ts'
import { hasListCaughtUp } from './list-lag.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** Where an issue or epic was met: in a list, which may lag behind, or asked for by itself. */
export type IssueSeenIn = 'list' | 'id'

const eventOf = {
  unlabelled: 'issue-unlabelled',
  moved: 'issue-moved',
  'out-of-sight': 'issue-out-of-sight',
} as const satisfies Record<IssueFate, ActivityEvent['kind']>

/** How an issue or epic is named in events. */
export function subjectOf({ kind, projectId, iid }: IssueKey): string {
  return `${kind}:${projectId}/${iid}`
}

interface StoredFate {
  readonly fate: IssueFate | null
  readonly foundOutAt: number | null
}

/** What became of a stored issue or epic, or undefined when it is not stored. */
export function readIssueFate(db: ReadDb, { kind, projectId, iid }: IssueKey): StoredFate | undefined {
  return prepared<[string, number, number], StoredFate>(
    db,
    'SELECT fate, fate_at AS foundOutAt FROM issues WHERE kind = ? AND project_id = ? AND iid = ?',
  ).get(kind, projectId, iid)
}

/**
 * Notes what became of an issue or epic, or with null that it is there again, and the one event that follows. The same again
 * records nothing.
 *
 * @param at when it was found out, ms.
 * @returns whether anything stored has changed.
 */
export function settleIssueFate(db: WriteDb, key: IssueKey, fate: IssueFate | null, at: number): boolean {
  const stored = readIssueFate(db, key)
  if (!stored || stored.fate === fate) return false
  prepared<[IssueFate | null, number | null, string, number, number]>(
    db,
    'UPDATE issues SET fate = ?, fate_at = ? WHERE kind = ? AND project_id = ? AND iid = ?',
  ).run(fate, fate === null ? null : at, key.kind, key.projectId, key.iid)
  recordEvent(db, {
    kind: fate === null ? 'issue-back' : eventOf[fate],
    subject: subjectOf(key),
    at,
    changes: { fate: { from: stored.fate, to: fate } },
  })
  return true
}

/** What a sighting shows of whether a stored issue or epic is where it was. */
export interface IssuePresence {
  /** Whether it carries its account's label. */
  readonly isLabelled: boolean
  /** Whether it changed since it was stored. */
  readonly isNewer: boolean
  readonly movedToId: number | null
}

/**
 * Judges what a sighting says of a stored issue's fate. Lists may lag behind: only what is newer than what is stored, was asked for by
 * itself, or is seen when lists have certainly caught up, shows that it went or is back. Anything else is doubtful and is to be looked up.
 */
export function judgeFate(
  stored: StoredFate,
  { isLabelled, isNewer, movedToId }: IssuePresence,
  seenIn: IssueSeenIn,
  at: number,
): { readonly fate: IssueFate | null; readonly isDoubtful: boolean } {
  const fate = movedToId === null ? (isLabelled ? null : 'unlabelled') : 'moved'
  const hasCaughtUp = stored.foundOutAt !== null && hasListCaughtUp(stored.foundOutAt, at)
  return { fate, isDoubtful: stored.fate !== fate && !isNewer && seenIn === 'list' && !hasCaughtUp }
}
