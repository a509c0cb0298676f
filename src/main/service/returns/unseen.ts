import type { Window } from '#core/instant.ts'
import type { Unseen } from '#core/return-meeting/gap-rows.ts'
import { labelScope, organizationScope, readCursor } from '../db/cursors.ts'
import type { SourceName } from '../db/source-name.ts'
import type { HandedBackTicket } from '../db/return-facts.ts'
import { readStretches, unwatchedMs } from '../db/read-stretches.ts'
import type { ReadDb } from '../db/sql.ts'
import type { StoredAccount } from '../db/workspace.ts'

/** What of an account could not be seen in a window: pauses, sources that are behind, tickets that were not read to their end. */
export function unseenOf(
  db: ReadDb,
  account: Pick<StoredAccount, 'id' | 'label' | 'gitlabGroup'>,
  tickets: readonly HandedBackTicket[],
  window: Window,
): Unseen {
  const streams: { readonly source: SourceName; readonly scope: string }[] = [
    { source: 'zendesk', scope: organizationScope(account.id) },
    ...(account.label !== null && account.gitlabGroup !== null
      ? [{ source: 'gitlab' as const, scope: labelScope(account.id) }]
      : []),
  ]
  const looks = streams.map(({ source, scope }) => {
    const { completedAt, problem } = readCursor(db, source, scope)
    return { source, problem, completedAt, stretches: readStretches(db, source, scope, window) }
  })
  return {
    off: looks.flatMap(({ source, stretches }) => pausesIn(stretches, window).map((pause) => ({ source, ...pause }))),
    behind: looks.flatMap(({ source, completedAt, problem }) => {
      const isCurrent = completedAt !== null && completedAt >= window.endsAt - unwatchedMs
      return isCurrent ? [] : [{ source, readUntil: completedAt, problem }]
    }),
    unread: tickets
      .filter(({ fate, organizationId }) => fate === null && organizationId === account.id)
      .filter(({ updatedAt }) => updatedAt >= window.startsAt && updatedAt < window.endsAt)
      .filter(({ updatedAt, commentsAsOf, auditsAsOf }) => Math.min(commentsAsOf ?? 0, auditsAsOf ?? 0) < updatedAt)
      .map(({ id, subject, updatedAt }) => ({ id, subject, updatedAt })),
  }
}

/** What lies between stretches, and before the first; what lies behind the last is said of where the source stands. */
function pausesIn(stretches: readonly Window[], { startsAt }: Window): Window[] {
  return stretches
    .map((stretch, place) => ({ startsAt: stretches[place - 1]?.endsAt ?? startsAt, endsAt: stretch.startsAt }))
    .filter((pause) => pause.endsAt - pause.startsAt > unwatchedMs)
}
