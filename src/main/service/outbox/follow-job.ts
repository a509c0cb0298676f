import { isOutdated, jobFailedWords, rejectionWords, uncertainWords } from '#core/outbox/failure-words.ts'
import type { OutboxRow } from '../db/outbox.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { JobRow, JobState } from '../zendesk/zendesk-writes.ts'
import { meetOutdated } from './meet-failure.ts'
import { explain, paceKey, writeRows, type OutboxWork } from './outbox-work.ts'
import { recordFailed } from './record-outcome.ts'
import { settleByLooking } from './verify-changes.ts'

const firstLookMs = 1000
const longestLookMs = 30_000

/**
 * Looks how a job stands, and once it has ended, what became of each of its rows. A row the job says nothing about is looked after
 * by itself; so are all of a job that Zendesk has forgotten.
 *
 * @throws {RemoteFailure} when the look did not succeed.
 */
export async function followJob(work: OutboxWork, jobId: string, rows: readonly OutboxRow[]): Promise<void> {
  const key = paceKey({ id: 0, jobId })
  const job = await ask(work, jobId)
  if (job?.state === 'running') {
    const progress = job.done === null || job.total === null ? '' : ` (${job.done} of ${job.total})`
    explain(work, rows, `Zendesk is working through the list of changes${progress}.`)
    const times = work.pace.timesPostponed(key)
    work.pace.postpone(key, Math.min(longestLookMs, firstLookMs * 2 ** times))
    return
  }
  if (job?.state === 'failed') {
    // It may have made some of its changes.
    await settleByLooking(work, rows, (row) => jobFailedWords(row.wish.ticketId, job.message))
  } else settleRows(work, job?.rows ?? [], rows)
  work.pace.forget(key)
}

/** Undefined for a job that Zendesk does not know any more. */
async function ask(work: OutboxWork, jobId: string): Promise<JobState | undefined> {
  try {
    return await work.writes.job(jobId)
  } catch (error) {
    if (error instanceof RemoteFailure && error.kind === 'not-found') return undefined
    throw error
  }
}

function settleRows(work: OutboxWork, told: readonly JobRow[], rows: readonly OutboxRow[]): void {
  const results = resultsByTicket(told)
  const sentAt = work.clock.now()
  const done = rows.filter((row) => results.get(row.wish.ticketId)?.success === true)
  const outdated = rows.filter((row) => isRefused(results.get(row.wish.ticketId), true))
  const refused = rows.filter((row) => isRefused(results.get(row.wish.ticketId), false))
  const unknown = rows.filter((row) => !results.has(row.wish.ticketId))
  const moved = writeRows(work, [
    ...done.map((row) => ({ row, changes: { state: 'sent', sentAt, jobId: null, problem: null } as const })),
    ...outdated.map((row) => ({ row, changes: { jobId: null, problem: null } })),
    ...unknown.map((row) => ({ row, changes: { jobId: null, problem: uncertainWords } })),
  ])
  for (const row of moved) if (outdated.some(({ id }) => id === row.id)) meetOutdated(work, row)
  for (const row of refused) {
    const result = results.get(row.wish.ticketId)
    recordFailed(work, row, rejectionWords(row.wish.ticketId, result?.details ?? null, result?.error))
  }
}

function isRefused(result: JobRow | undefined, outdated: boolean): boolean {
  return result !== undefined && !result.success && isOutdated(result.error, result.details) === outdated
}

/** Matched by id: rows come in any order. Of two about the same ticket the one that succeeded counts; the look tells. */
function resultsByTicket(told: readonly JobRow[]): ReadonlyMap<number, JobRow> {
  const results = new Map<number, JobRow>()
  for (const row of told) if (results.get(row.ticketId)?.success !== true) results.set(row.ticketId, row)
  return results
}
