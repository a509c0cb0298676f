import { uncertainWorkWords, workRejectionWords } from '#core/outbox/work-failure-words.ts'
import type { WorkRow } from '../../db/outbox.ts'
import type { RemoteFailure } from '../../transport/remote-failure.ts'
import { takeBack, waitAfter, type Handed } from '../meet-failure.ts'
import { explain, paceKey, writeRows } from '../outbox-work.ts'
import { recordFailed } from '../record-outcome.ts'
import type { GitlabWork, SendStep } from './gitlab-work.ts'

/** How often a change is looked at again because GitLab says that what it is about has moved. */
const mostMoved = 3

/**
 * A call that should have changed something did not succeed.
 *
 * @returns the row where it is to be looked at once more at once.
 */
export function meetWorkFailure(
  work: GitlabWork,
  handed: Handed<WorkRow>,
  step: SendStep,
  failure: RemoteFailure,
): WorkRow | null {
  const { kind, message, detail } = failure
  // The app is stopping: the row stays marked, and the next start looks what became of it.
  if (kind === 'aborted') return null
  if (failure.mayHaveArrived) {
    explain(work, [handed.row], uncertainWorkWords)
    work.pace.postpone(paceKey(handed.row))
    return null
  }
  const isRefused = kind === 'forbidden' || kind === 'not-found' || kind === 'rejected' || kind === 'conflict'
  const [row] = takeBack(work, [handed], isRefused ? null : message)
  if (!row) return null
  if (!isRefused) {
    waitAfter(work, [row], failure)
    return null
  }
  if (step.withoutIt) return writeRows(work, [{ row, changes: { before: step.withoutIt } }])[0] ?? null
  if (kind === 'conflict' || (kind === 'rejected' && step.looksAgain === true)) {
    const key = `moved ${row.id}`
    work.pace.postpone(key, 0)
    if (work.pace.timesPostponed(key) < mostMoved) return row
    work.pace.forget(key)
  }
  const words =
    step.refusedWords?.(failure) ?? workRejectionWords(kind === 'conflict' ? 'rejected' : kind, message, detail)
  recordFailed(work, row, words)
  return null
}
