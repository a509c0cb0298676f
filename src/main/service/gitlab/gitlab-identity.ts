import { z } from 'zod'
import { gitlabHealth, gitlabMode, gitlabUser } from '#contract/gitlab-connection.ts'
import { readFact, writeFact } from '../db/facts.ts'
import type { WriteDb } from '../db/sql.ts'
import { isPassing, RemoteFailure } from '../transport/remote-failure.ts'
import { inspectGitlab, type GitlabReach } from './health.ts'

const identity = z.object({
  user: gitlabUser,
  /** Whether changes may be sent. */
  mode: gitlabMode,
})
/** Who is signed in at GitLab, and whether that sign-in may write. */
export type GitlabIdentity = z.infer<typeof identity>

/** Tells who is signed in. */
export interface GitlabIdentities {
  /** As far as it is known without asking. */
  known(): GitlabIdentity | null
  /**
   * The same, asked from GitLab where nobody has signed in on their own (the sample) and it was not asked since the start. Where GitLab
   * cannot be reached, what was known before counts.
   *
   * @throws {RemoteFailure | Refusal} when it is not known and cannot be found out.
   */
  find(): Promise<GitlabIdentity>
}

/** What it is found out from. */
export interface GitlabIdentityOptions {
  readonly db: WriteDb
  /** Who signed in, by the record of the connection; null for the sample, which has none. */
  readonly user: GitlabIdentity['user'] | null
  readonly reach: GitlabReach
  /** Time of the service's clock, ms. */
  readonly now: () => number
}

/** Creates what tells who is signed in at a GitLab. */
export function createGitlabIdentities({ db, user, reach, now }: GitlabIdentityOptions): GitlabIdentities {
  let asked: GitlabIdentity | null = null

  function known(): GitlabIdentity | null {
    if (user === null) return asked ?? readFact(db, 'gitlab', 'identity', identity)
    return { user, mode: readFact(db, 'gitlab', 'health', gitlabHealth)?.mode ?? 'read-write' }
  }

  return {
    known,
    async find() {
      const before = known()
      if (before !== null && (user !== null || asked !== null)) return before
      try {
        const at = now()
        const { user: found, health } = await inspectGitlab(reach, [], at)
        asked = { user: found, mode: health.mode }
        writeFact(db, 'gitlab', 'identity', asked, at)
        return asked
      } catch (failure) {
        if (before !== null && failure instanceof RemoteFailure && isPassing(failure)) return before
        throw failure
      }
    },
  }
}
