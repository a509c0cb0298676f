import { signInHealth } from '#contract/connections.ts'
import { gitlabHealth } from '#contract/gitlab-connection.ts'
import { readFact } from '../db/facts.ts'
import type { ReadDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import type { Clock, Log } from '../ports.ts'
import type { Session } from '../session.ts'

/** What looking after a sign-in needs. */
export interface SignInWatch {
  readonly session: () => Session
  /** Whether the sign-in is to be looked at now. */
  readonly isDue: (session: Session, now: number) => boolean
  /** Asks the vendor what the sign-in may do and when it ends. */
  readonly check: () => Promise<unknown>
  readonly clock: Clock
  readonly log: Log
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** How long before a coverage starts its sign-in is looked at: time enough to ask an administrator. */
const beforeCoverageMs = 48 * hourMs

/** Looks every hour whether the sign-in is to be checked, and checks it. Returns a function that stops it. */
export function watchSignIn({ session, isDue, check, clock, log }: SignInWatch): () => void {
  let stopped = false
  let cancel = () => {}
  const look = async () => {
    if (isDue(session(), clock.now())) {
      await check().catch((error: unknown) => log.warn({ err: error }, 'the sign-in could not be checked'))
    }
    if (!stopped) cancel = clock.wakeAt(clock.now() + hourMs, () => void look())
  }
  cancel = clock.wakeAt(clock.now(), () => void look())
  return () => {
    stopped = true
    cancel()
  }
}

/** Whether Zendesk's sign-in was not looked at for a day, or not since a coverage of mine came within 48 hours. */
export function isCheckDue(db: ReadDb, now: number): boolean {
  const checkedAt = readFact(db, 'zendesk', 'health', signInHealth)?.checkedAt ?? 0
  if (isDayOld(checkedAt, now)) return true
  const { me, coverages } = readRoster(db)
  return coverages.some(({ coverId, startsAt }) => {
    const lookAgainAt = startsAt - beforeCoverageMs
    return coverId === me?.id && startsAt > now && lookAgainAt <= now && checkedAt < lookAgainAt
  })
}

/** Whether GitLab's sign-in was not looked at for a day. */
export function isGitlabCheckDue(db: ReadDb, now: number): boolean {
  return isDayOld(readFact(db, 'gitlab', 'health', gitlabHealth)?.checkedAt ?? 0, now)
}

function isDayOld(checkedAt: number, now: number): boolean {
  return checkedAt > now || now - checkedAt >= dayMs
}
