import { restrictedMeanwhileWords } from '#core/outbox/failure-words.ts'
import {
  ignoredWorkWords,
  stillOpenWords,
  unknownOutcomeWords,
  unseenWords,
  workRejectionWords,
} from '#core/outbox/work-failure-words.ts'
import type { WorkRow } from '../../db/outbox.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import { explain, paceKey, writeRows } from '../outbox-work.ts'
import { changedMeanwhile, changedOrUndone, recordFailed } from '../record-outcome.ts'
import { restrictedWork } from './gather-work.ts'
import type { GitlabWork, SendStep, WorkStep } from './gitlab-work.ts'
import { meetWorkFailure } from './meet-work-failure.ts'
import { nextStep } from './next-step.ts'
import { recordWorkVerified } from './record-work.ts'
import { seenByOthers } from './seen-by-others.ts'

/** What GitLab took is looked for this often before a person is told that it is not there. */
const mostLooks = 4
/** No order takes more calls than this one after the other; one that seems to is put off. */
const mostSteps = 8

/**
 * Moves one change along as far as it goes now: looks, settles it, or hands it to GitLab, marked on disk before, and looks again.
 *
 * @throws {RemoteFailure} when a look did not succeed.
 */
export async function takeSteps(work: GitlabWork, row: WorkRow): Promise<void> {
  let next: WorkRow | null = row
  for (let steps = 0; next && steps < mostSteps; steps += 1) next = await takeStep(work, next)
  if (next) work.pace.postpone(paceKey(next))
}

/** Takes one step. Returns the row where another one follows at once. */
async function takeStep(work: GitlabWork, row: WorkRow): Promise<WorkRow | null> {
  const step = await look(work, row)
  switch (step.kind) {
    case 'verified':
      recordWorkVerified(work, row, step)
      return null
    case 'failed':
      recordFailed(work, row, step.words)
      return null
    case 'conflict':
      recordConflict(work, row, step)
      return null
    case 'unseen':
      return lookLater(work, row)
    case 'wait':
      explain(work, [row], stillOpenWords)
      work.pace.postpone(paceKey(row), step.untilMs - work.clock.now())
      return null
    case 'send':
      return send(work, row, step)
  }
}

/**
 * What cannot be looked at because it is not there, or not for us, is told; it would be the same at the next look.
 *
 * SECURITY: what was shown as for colleagues only does not go out where customers would see it by now, and nothing goes out for an account
 * that became restricted meanwhile.
 */
async function look(work: GitlabWork, row: WorkRow): Promise<WorkStep> {
  try {
    const step = await nextStep(work, row)
    if (step.kind !== 'send') return step
    const isBegun = step.continues === true
    const words = isBegun ? null : await seenByOthers(work, row)
    const restricted = restrictedWork(work.db, row.wish)
    if (restricted !== null) return { kind: 'failed', words: restrictedMeanwhileWords(restricted, 'GitLab', isBegun) }
    return words === null ? step : { kind: 'failed', words }
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    const { kind, message, detail } = error
    if (kind !== 'not-found' && kind !== 'forbidden' && kind !== 'rejected') throw error
    const words = row.sendingAt === null ? workRejectionWords(kind, message, detail) : unknownOutcomeWords(message)
    return { kind: 'failed', words }
  }
}

function recordConflict(work: GitlabWork, row: WorkRow, { sides, before }: Extract<WorkStep, { kind: 'conflict' }>) {
  const problem = row.sendingAt === null ? changedMeanwhile : changedOrUndone
  const settledAt = work.clock.now()
  writeRows(work, [{ row, changes: { state: 'conflict', problem, conflict: sides, before, settledAt } }])
  work.pace.forget(paceKey(row))
}

function lookLater(work: GitlabWork, row: WorkRow): null {
  const key = `unseen ${row.id}`
  if (work.pace.timesPostponed(key) >= mostLooks) {
    work.pace.forget(key)
    recordFailed(work, row, ignoredWorkWords)
    return null
  }
  explain(work, [row], unseenWords)
  work.pace.postpone(key, 0)
  work.pace.postpone(paceKey(row))
  return null
}

async function send(work: GitlabWork, row: WorkRow, step: SendStep): Promise<WorkRow | null> {
  const marked = writeRows(work, [
    {
      row,
      changes: {
        state: 'sending',
        attempts: step.continues === true ? row.attempts : row.attempts + 1,
        sendingAt: work.clock.now(),
        sentStamp: row.sendingAt === null ? step.stamp : row.sentStamp,
        problem: null,
      },
    },
  ])[0]
  // Taken back by a person meanwhile.
  if (!marked) return null
  try {
    const { done, before, url } = await step.call()
    work.pace.worked()
    const state = done ? ({ state: 'sent', sentAt: work.clock.now() } as const) : {}
    const changes = { ...state, before, ...(url === undefined ? {} : { url }) }
    return writeRows(work, [{ row: marked, changes }])[0] ?? null
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    return meetWorkFailure(work, { before: row, row: marked }, step, error)
  }
}
