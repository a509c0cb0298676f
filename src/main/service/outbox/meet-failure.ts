import { rejectionWords, uncertainWords, unreachableWords } from '#core/outbox/failure-words.ts'
import type { AnyRow, OutboxRow } from '../db/outbox.ts'
import type { RemoteFailure, RemoteFailureKind } from '../transport/remote-failure.ts'
import { explain, paceKey, writeRows, type OutboxWork, type SharedWork } from './outbox-work.ts'
import { recordFailed } from './record-outcome.ts'

/** A row before and after it was marked as handed to the network. */
export interface Handed<Row extends AnyRow = OutboxRow> {
  readonly before: Row
  readonly row: Row
}

const minuteMs = 60_000
/** A sign-in is renewed by a person, who then wakes the outbox; this is for when nobody tells. */
const signInPauseMs = 5 * minuteMs
/** How often a change is sent anew because its ticket had moved. */
const mostOutdated = 8

/** A call that only looked did not succeed: nothing was changed by it, and the rows stay as they are and wait. */
export function meetReadFailure(work: SharedWork, rows: readonly AnyRow[], failure: RemoteFailure): void {
  // The app is stopping.
  if (failure.kind === 'aborted') return
  explain(work, rows, failure.message)
  waitAfter(work, rows, failure)
}

/** A call that should have changed tickets did not succeed. */
export function meetWriteFailure(work: OutboxWork, handed: readonly Handed[], failure: RemoteFailure): void {
  // The app is stopping: the rows stay marked, and the next start looks what became of them.
  if (failure.kind === 'aborted') return
  const rows = handed.map(({ row }) => row)
  // Told by its name alone: with which status it comes is written nowhere.
  if (isTooManyJobs(failure.body)) {
    for (const row of takeBack(work, handed, tooManyJobsWords)) work.pace.postpone(paceKey(row), minuteMs)
    return
  }
  if (failure.mayHaveArrived) {
    explain(work, rows, uncertainWords)
    for (const row of rows) work.pace.postpone(paceKey(row))
    return
  }
  const { kind } = failure
  if (kind === 'forbidden' || kind === 'not-found') {
    for (const row of rows) recordFailed(work, row, unreachableWords(row.wish.ticketId, kind))
  } else if (kind === 'rejected') {
    for (const row of rows) recordFailed(work, row, rejectionWords(row.wish.ticketId, failure.detail))
  } else if (kind === 'conflict') {
    for (const row of takeBack(work, handed, null)) meetOutdated(work, row)
  } else {
    waitAfter(work, takeBack(work, handed, failure.message), failure)
  }
}

const tooManyJobsWords =
  'Zendesk is busy with other long lists of changes of your company. Understudy tries again in a minute.'

/**
 * The ticket had moved: it is looked at again, at once the first time, later and later after that, because somebody is busy
 * on it.
 */
export function meetOutdated(work: OutboxWork, row: OutboxRow): void {
  const key = `outdated ${row.id}`
  work.pace.postpone(key, 0)
  const times = work.pace.timesPostponed(key)
  if (times > mostOutdated) {
    work.pace.forget(key)
    recordFailed(work, row, `#${row.wish.ticketId} kept changing while this was sent. Try again when it is quiet.`)
  } else if (times > 1) work.pace.postpone(paceKey(row))
}

/** This sending was not carried out. One before it still may have been; then the row stays one that is looked after. */
export function takeBack<Row extends AnyRow>(
  work: SharedWork,
  handed: readonly Handed<Row>[],
  problem: string | null,
): Row[] {
  return writeRows(
    work,
    handed.map(({ before, row }) => {
      const { state, sendingAt, sentStamp } = before
      return { row, changes: { state, sendingAt, sentStamp, problem } }
    }),
  )
}

/** Failures that every other change would meet as well, and how long nothing goes out after them; null: longer each time. */
const holds: Partial<Record<RemoteFailureKind, number | null>> = {
  offline: null,
  untrusted: minuteMs,
  unauthorized: signInPauseMs,
  'rate-limited': minuteMs,
}

/** Puts off what a failure that may pass has met: everything, or these rows alone. */
export function waitAfter(work: SharedWork, rows: readonly AnyRow[], failure: RemoteFailure): void {
  const { kind, retryAfterMs } = failure
  const ms = holds[kind]
  if (ms !== undefined) work.pace.hold(retryAfterMs ?? ms)
  else for (const row of rows) work.pace.postpone(paceKey(row))
}

/** Zendesk writes errors in two forms: by name, or as an object with a title. */
function isTooManyJobs(body: unknown): boolean {
  const error = memberOf(body, 'error')
  return error === 'TooManyJobs' || memberOf(error, 'title') === 'TooManyJobs'
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
