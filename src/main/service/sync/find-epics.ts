import { z } from 'zod'
import { instantMs } from '#contract/values.ts'
import { readFact, writeFact } from '../db/facts.ts'
import { prepared, transaction, type ReadDb } from '../db/sql.ts'
import type { EpicsWay, GitlabPlace } from '../gitlab/gitlab-api.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { readPlace, type GitlabSync } from './gitlab-sync.ts'

/** Name of the fact that says by which way the epics of this host are read. */
const wayFact = 'epics'
const wayFound = z.object({
  way: z.enum(['rest', 'graphql']),
  /** For a person, after "Epics labelled …, ". */
  words: z.string(),
  checkedAt: instantMs,
})

/** That a group shows no epics is said of that group alone: a licence may be one group's, and so is a right. */
const noneFact = (groupId: number) => `epics-none:${groupId}`
const noneFound = wayFound.pick({ words: true, checkedAt: true })

/** A group that shows no epics is asked again after this: its licence may be another one, or its host was out of sorts. */
const askAgainMs = 24 * 3_600_000

const wordsOf = {
  rest: 'by the REST API',
  graphql: 'by GraphQL, as work items',
} as const

/** How a host says that it has no epics for us by a way: the address is gone, the licence or the sign-in lacks them, or the question is not understood. */
const refusing: ReadonlySet<RemoteFailure['kind']> = new Set(['not-found', 'forbidden', 'rejected'])

/**
 * Finds out once per host by which way its epics are told: by REST, which is on its way out, or else by GraphQL. Null where this group
 * shows none by either.
 *
 * @throws {RemoteFailure} `not-found` where the group itself cannot be seen.
 */
export async function findEpics(sync: GitlabSync, group: GitlabPlace): Promise<EpicsWay | null> {
  const none = readFact(sync.db, 'gitlab', noneFact(group.id), noneFound)
  if (none && Math.abs(sync.now() - none.checkedAt) < askAgainMs) return null
  const known = readFact(sync.db, 'gitlab', wayFact, wayFound)
  if (known && !none) return known.way
  const refusals: RemoteFailure[] = []
  for (const way of ['rest', 'graphql'] as const) {
    try {
      await sync.api.probeEpics(way, group)
    } catch (error) {
      if (!(error instanceof RemoteFailure) || !refusing.has(error.kind)) throw error
      refusals.push(error)
      continue
    }
    const checkedAt = sync.now()
    transaction(sync.db, () => {
      writeFact(sync.db, 'gitlab', wayFact, { way, words: wordsOf[way], checkedAt }, checkedAt)
      prepared<[string]>(sync.db, `DELETE FROM facts WHERE source = 'gitlab' AND name = ?`).run(noneFact(group.id))
    })
    return way
  }
  const [first] = refusals
  // A group that can be seen says something else by one of them at least.
  if (first && refusals.every(({ kind }) => kind === 'not-found')) throw first
  const status = first?.status == null ? '' : ` (${first.status})`
  const words = `not read: this GitLab shows none to this sign-in${status}, which its licence may be the reason for`
  noteNone(sync, group, words, sync.now())
  return null
}

/** The way that was found is refused to this group now: at its next turn it is found out anew for it. */
export function doubtEpics(sync: GitlabSync, group: Pick<GitlabPlace, 'id'>): void {
  noteNone(sync, group, 'not read at present', 0)
}

/** By which way the epics of an account are read, or why they are not, for the name of their stream; null: it was not found out. */
export function epicsWords(db: ReadDb, accountId: number): string | null {
  const place = readPlace(db, accountId)
  if (place?.kind === 'project') return 'none: a project has no epics'
  const none = place && readFact(db, 'gitlab', noneFact(place.id), noneFound)
  return (none ?? readFact(db, 'gitlab', wayFact, wayFound))?.words ?? null
}

function noteNone({ db, now }: GitlabSync, { id }: Pick<GitlabPlace, 'id'>, words: string, checkedAt: number): void {
  transaction(db, () => writeFact(db, 'gitlab', noneFact(id), { words, checkedAt }, now()))
}
