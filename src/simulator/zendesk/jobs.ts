import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { createRandom } from '../random.ts'
import { HOUR, SECOND, zendeskTime } from '../time.ts'
import type { UpdateOutcome } from './ticket-update.ts'
import { notFound } from './refusals.ts'
import type { ZendeskSettings } from './settings.ts'

/** One ticket of a job, and how to change it when its turn comes. */
export interface JobTask {
  readonly ticketId: number
  carryOut(): UpdateOutcome
}

interface Job {
  readonly id: string
  readonly tasks: readonly JobTask[]
  readonly queuedAt: number
  status: 'queued' | 'working' | 'completed' | 'failed'
  endedAt: number | null
  results: readonly Record<string, unknown>[]
}

/** Jobs an account may have queued or running at once. */
const mostJobs = 30
/** A job starts, and then ends, this long after it was queued in simulated time, or the next time that it is looked at. */
const startsAfter = 2 * SECOND
const endsAfter = 5 * SECOND

/** Zendesk's background jobs: queued, working, completed, each step by time or by being looked at. `now` is simulated. */
export function createJobs(seed: number, now: () => number, settings: () => ZendeskSettings) {
  const random = createRandom(seed, 'jobs')
  const jobs = new Map<string, Job>()
  const inFlight = (): readonly Job[] => [...jobs.values()].filter(({ endedAt }) => endedAt === null)

  const run = (job: Job): void => {
    const { failing } = settings().jobs
    job.endedAt = now()
    job.status = failing === 'job' ? 'failed' : 'completed'
    if (failing === 'job') return
    job.results = job.tasks.map((task, index) =>
      failing === 'all' || (failing === 'half' && index % 2 === 1) ? failedRow(task.ticketId) : row(task),
    )
  }

  const step = (job: Job): void => {
    if (settings().jobs.held || job.endedAt !== null) return
    if (job.status === 'queued') job.status = 'working'
    else run(job)
  }

  const settle = (): void => {
    for (const job of jobs.values()) {
      if (job.status === 'queued' && now() >= job.queuedAt + startsAfter) step(job)
      if (job.status === 'working' && now() >= job.queuedAt + endsAfter) step(job)
      if (job.endedAt !== null && now() >= job.endedAt + HOUR) jobs.delete(job.id)
    }
  }

  const headers = (): Record<string, string> => {
    const left = Math.max(0, mostJobs - inFlight().length - settings().jobs.others)
    return { 'zendesk-ratelimit-inflight-jobs': `total=${mostJobs}; remaining=${left}; resets=60` }
  }

  const look = (id: string): Job | undefined => {
    const job = jobs.get(id)
    const seen = job ? { ...job } : undefined
    if (job) step(job)
    return seen
  }

  return {
    /** Lets jobs go on that are due. To be called before anything is read. */
    settle,
    /** Queues a job, or refuses it because thirty are in flight. */
    start(tasks: readonly JobTask[], api: string): VendorReply {
      if (inFlight().length + settings().jobs.others >= mostJobs) {
        const ids = inFlight().map(({ id }) => id)
        const description = 'Account has too many jobs queued or running. Please try again later.'
        return json({ error: 'TooManyJobs', description, current_job_ids: ids }, 429, headers())
      }
      const id = Array.from({ length: 4 }, () =>
        random
          .int(0, 2 ** 32 - 1)
          .toString(16)
          .padStart(8, '0'),
      ).join('')
      const job: Job = { id, tasks, queuedAt: now(), status: 'queued', endedAt: null, results: [] }
      jobs.set(id, job)
      return json({ job_status: jobJson(job, api) }, 200, headers())
    },
    one(id: string, api: string): VendorReply {
      const job = look(id)
      return job ? json({ job_status: jobJson(job, api) }) : notFound
    },
    many(ids: readonly string[], api: string): VendorReply {
      return json({ job_statuses: ids.flatMap((id) => look(id) ?? []).map((job) => jobJson(job, api)) })
    },
  }
}

function row({ ticketId, carryOut }: JobTask): Record<string, unknown> {
  const outcome = carryOut()
  if (outcome.done) return { id: ticketId, action: 'update', success: true, status: 'Updated' }
  const body = outcome.refusal.json as {
    readonly error: unknown
    readonly description?: string
    readonly details?: unknown
  }
  const error = typeof body.error === 'string' ? body.error : 'Forbidden'
  const details = body.details === undefined ? (body.description ?? error) : firstDescription(body.details)
  return { id: ticketId, action: 'update', success: false, error, details }
}

function firstDescription(details: unknown): string {
  const [first] = Object.values(details as Record<string, readonly { readonly description: string }[]>)
  return first?.[0]?.description ?? ''
}

const failedRow = (ticketId: number): Record<string, unknown> => ({
  id: ticketId,
  action: 'update',
  success: false,
  error: 'TicketUpdateFailed',
  details: 'The ticket could not be updated.',
})

function jobJson(job: Job, api: string): Record<string, unknown> {
  const ended = job.endedAt
  return {
    id: job.id,
    job_type: 'Bulk Update Ticket',
    url: `${api}/job_statuses/${job.id}.json`,
    total: job.tasks.length,
    progress: ended === null ? null : job.results.length,
    status: job.status,
    message: ended === null ? null : `${job.status === 'failed' ? 'Failed' : 'Completed'} at ${zendeskTime(ended)}`,
    results: ended === null || job.status === 'failed' ? null : job.results,
  }
}
