import { movingWorkRows, type WorkRow } from '../../db/outbox.ts'
import { Refusal } from '../../refusal.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import { explain, paceKey } from '../outbox-work.ts'
import { createStepWorker, headsOf, type StepWorker } from '../step-worker.ts'
import type { GitlabWork } from './gitlab-work.ts'
import { takeSteps } from './take-steps.ts'

const mayNotWriteWords =
  'The present sign-in may read GitLab and not write to it. Sign in again in Settings with the right “api”.'
const anotherOnesWords =
  'Ordered with another GitLab sign-in than the present one. It goes on when that person signs in again.'

/** What an entry says while no GitLab is connected. */
export const notConnectedWords =
  'No GitLab is connected at present. It goes on once the one it was ordered for is again.'

/** Creates the worker of changes in GitLab. Nothing moves before the first `kick` or `flush`. */
export function createWorkWorker(work: GitlabWork, stopping: AbortSignal): StepWorker {
  const { db, identity, pace } = work
  const me = () => identity.known()?.user.id ?? null
  const mayWrite = () => identity.known()?.mode !== 'read-only'
  const targetOf = (row: WorkRow) => row.target

  return createStepWorker(work, stopping, {
    async prepare() {
      if (me() !== null || movingWorkRows(db).length === 0) return
      try {
        await identity.find()
      } catch (error) {
        const isFailure = error instanceof RemoteFailure
        pace.hold(isFailure ? error.retryAfterMs : null)
        if (!isFailure && !(error instanceof Refusal)) throw error
        explain(work, movingWorkRows(db), error.message)
      }
    },
    // Without the right to write only what GitLab has taken already. While nobody knows who is signed in, nothing is done, but come back to.
    movable() {
      const id = me()
      const rows = movingWorkRows(db)
      const heads = id === null ? rows : headsOf(rows, id, targetOf)
      return mayWrite() ? heads : heads.filter(({ state }) => state === 'sent')
    },
    tasksOf(rows) {
      if (me() === null) return []
      const due = rows.filter((row) => pace.readyAt(paceKey(row)) <= work.clock.now())
      const sentFirst = due.toSorted((a, b) => Number(b.state === 'sent') - Number(a.state === 'sent') || a.id - b.id)
      return sentFirst.map((row) => ({ rows: [row], run: () => takeSteps(work, row) }))
    },
    explainWaits() {
      const id = me()
      if (id === null) return
      const rows = movingWorkRows(db)
      explain(
        work,
        rows.filter(({ byId }) => byId !== id),
        anotherOnesWords,
      )
      if (mayWrite()) return
      explain(
        work,
        rows.filter(({ byId, state }) => byId === id && state !== 'sent'),
        mayNotWriteWords,
      )
    },
  })
}
