import { z } from 'zod'
import { instantMs } from '#contract/values.ts'
import { readFact, writeFact } from '../db/facts.ts'
import { transaction } from '../db/sql.ts'
import type { EpicsWay, GitlabPlace } from '../gitlab/gitlab-api.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { GitlabSync } from './gitlab-sync.ts'

/** Name of the fact that says by which way the epics of this host are read. */
export const epicsFact = 'epics'

/** By which way the epics of this host are read, as found by asking it once. */
export const epicsFound = z.object({
  way: z.enum(['rest', 'graphql', 'none']),
  /** For a person, after "Epics labelled …, ". */
  words: z.string(),
  checkedAt: instantMs,
})

/** A host that shows no epics is asked again after this: its licence may be another one, or it was out of sorts. */
const askAgainMs = 24 * 3_600_000

const wordsOf = {
  rest: 'by the REST API',
  graphql: 'by GraphQL, as work items',
} as const

/** How a host says that it has no epics for us by a way: the address is gone, the licence or the sign-in lacks them, or the question is not understood. */
const refusing: ReadonlySet<RemoteFailure['kind']> = new Set(['not-found', 'forbidden', 'rejected'])

/**
 * Finds out once per host by which way its epics are told: by REST, which is on its way out, or else by GraphQL. Null where by neither.
 *
 * @param group one that can be seen.
 */
export async function findEpics(sync: GitlabSync, group: GitlabPlace): Promise<EpicsWay | null> {
  const known = readFact(sync.db, 'gitlab', epicsFact, epicsFound)
  if (known && (known.way !== 'none' || sync.now() - known.checkedAt < askAgainMs)) {
    return known.way === 'none' ? null : known.way
  }
  let refusal: RemoteFailure | null = null
  for (const way of ['rest', 'graphql'] as const) {
    try {
      await sync.api.probeEpics(way, group)
      note(sync, way, wordsOf[way])
      return way
    } catch (error) {
      if (!(error instanceof RemoteFailure) || !refusing.has(error.kind)) throw error
      refusal ??= error
    }
  }
  const status = refusal?.status == null ? '' : ` (${refusal.status})`
  note(
    sync,
    'none',
    `not read: this GitLab shows none to this sign-in${status}, which its licence may be the reason for`,
  )
  return null
}

/** Forgets by which way epics are told, so that it is found out anew: the way that was found is refused now. */
export function forgetEpics(sync: GitlabSync): void {
  note(sync, 'none', 'not read at present', 0)
}

function note(sync: GitlabSync, way: EpicsWay | 'none', words: string, checkedAt = sync.now()): void {
  transaction(sync.db, () => writeFact(sync.db, 'gitlab', epicsFact, { way, words, checkedAt }, checkedAt))
}
