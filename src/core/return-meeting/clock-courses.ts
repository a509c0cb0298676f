import type { InstantMs } from '../instant.ts'
import type { FieldChange, HistoryMessage, TicketHistory } from './ticket-changes.ts'
import type { ClockCourse } from './nearly-missed.ts'

/** A clock as an event has it. */
interface SeenClock {
  readonly stage: string
  readonly breachAt: InstantMs | null
}

/** A clock and one end that it ran towards. */
interface Run {
  readonly metric: string
  readonly breachAt: InstantMs
  /** When it was first met, by the ticket's own time; null where it came with the ticket. */
  readonly seenAt: InstantMs | null
  /** Whether it ran when it was first met. */
  readonly ranThen: boolean
  /** By when it ran no more; null while it runs. */
  goneAt: InstantMs | null
  /** Whether another end took the place of this one while it ran. */
  isRetargeted: boolean
}

/** Metrics that a public reply of ours ends. */
const answerMetrics: ReadonlySet<string> = new Set([
  'first_reply_time',
  'next_reply_time',
  'periodic_update_time',
  'pausable_update_time',
])
const runningStages: ReadonlySet<unknown> = new Set(['active', 'breached'])
const waiting: ReadonlySet<unknown> = new Set(['pending', 'hold'])
const over: ReadonlySet<unknown> = new Set(['solved', 'closed'])

/**
 * Every run of a ticket's clocks that was seen, with when it began and ended as the conversation and the history tell. A clock that
 * began and was set anew between two looks is not among them. Events are each there once, oldest first.
 */
export function clockCourses(history: TicketHistory, changes: readonly FieldChange[]): ClockCourse[] {
  const talk = publicTalk(history)
  return runsOf(history)
    .filter((run) => !isMadeBySolving(run, changes))
    .flatMap((run) => {
      const startedAt = startOf(run, history, talk, changes)
      const end = endOf(run, startedAt, talk, changes)
      return end ? [{ metric: run.metric, breachAt: run.breachAt, startedAt, ...end }] : []
    })
}

/** Public messages, oldest first, each once. */
function publicTalk({ messages }: TicketHistory): HistoryMessage[] {
  return [...new Map(messages.map((message) => [message.id, message])).values()]
    .filter((message) => message.public)
    .toSorted((a, b) => a.at - b.at || a.id - b.id)
}

function runsOf({ events, clocks, readUntil }: TicketHistory): Run[] {
  const runs = new Map<string, Run>()
  /** @param overBy by when it was over, where it does not run. */
  const meet = (
    metric: string,
    clock: SeenClock | null,
    seenAt: InstantMs | null,
    overBy: InstantMs,
  ): Run | undefined => {
    if (clock === null || clock.breachAt === null) return undefined
    const { breachAt, stage } = clock
    const name = `${metric} ${breachAt}`
    const ranThen = runningStages.has(stage)
    const goneAt = ranThen ? null : overBy
    const run = runs.get(name) ?? { metric, breachAt, seenAt, ranThen, goneAt, isRetargeted: false }
    runs.set(name, run)
    return run
  }
  for (const { at, kind, changes } of events) {
    if (kind !== 'ticket-clock-changed') continue
    for (const [metric, change] of Object.entries(changes)) {
      const from = change.from as SeenClock | null
      const to = change.to as SeenClock | null
      // What did not run any more was over before this.
      const before = meet(metric, from, null, at - 1)
      const runsOn = runningStages.has(to?.stage)
      if (before && runningStages.has(from?.stage) && !(runsOn && to?.breachAt === before.breachAt)) {
        before.goneAt ??= at
        before.isRetargeted ||= runsOn
      }
      const after = meet(metric, to, at, at)
      // It runs again towards the same end.
      if (after && runsOn) after.goneAt = null
    }
  }
  for (const { metric, ...clock } of clocks) meet(metric, clock, null, readUntil)
  return [...runs.values()]
}

/** A clock that stood still when its ticket was solved is given that instant as its end; it ran towards nothing. */
function isMadeBySolving({ breachAt, ranThen }: Run, changes: readonly FieldChange[]): boolean {
  return !ranThen && changes.some(({ field, to, at }) => field === 'status' && over.has(to) && at === breachAt)
}

function startOf(
  { metric, seenAt, ranThen, goneAt }: Run,
  { createdAt, readUntil }: TicketHistory,
  talk: readonly HistoryMessage[],
  changes: readonly FieldChange[],
): InstantMs | null {
  if (!answerMetrics.has(metric) || metric === 'first_reply_time') return createdAt
  const wasMetRunning = ranThen && seenAt !== null
  const bound = wasMetRunning ? seenAt : (goneAt ?? readUntil)
  const statuses = changes.filter(({ field, at }) => field === 'status' && at <= bound)
  const known = talk.filter(({ at }) => at <= bound)
  const answers = known.flatMap(({ customers, at }) => (customers ? [] : [at]))
  const ends = (which: ReadonlySet<unknown>) => statuses.flatMap(({ to, at }) => (which.has(to) ? [at] : []))
  if (metric === 'next_reply_time') {
    const asked = known.flatMap(({ customers, at }) => (customers ? [at] : []))
    const last = asked.at(-1) ?? -Infinity
    const before = Math.max(-Infinity, ...[...answers, ...ends(over)].filter((at) => at < last))
    return asked.find((at) => at > before) ?? null
  }
  const resumed = statuses.flatMap(({ from, at }) => (waiting.has(from) || over.has(from) ? [at] : []))
  // Of one that is over, what came last ended it.
  const ender = wasMetRunning || goneAt === null ? Infinity : Math.max(...answers, ...ends(over), ...ends(waiting))
  return Math.max(createdAt, ...[...answers, ...resumed].filter((at) => at < ender))
}

/** Null where it was never seen to run and nothing tells what ended it: whether that was in time is not known. */
function endOf(
  { metric, seenAt, ranThen, goneAt, isRetargeted }: Run,
  startedAt: InstantMs | null,
  talk: readonly HistoryMessage[],
  changes: readonly FieldChange[],
): Pick<ClockCourse, 'endedAt' | 'isAnswered' | 'answerId' | 'answeredBy'> | null {
  const open = { endedAt: null, isAnswered: false, answerId: null, answeredBy: null }
  if (goneAt === null) return open
  // While it was seen to run nothing had ended it.
  const since = Math.max(startedAt ?? -Infinity, ranThen ? (seenAt ?? -Infinity) : -Infinity)
  const isIn = (at: InstantMs) => at > since && at <= goneAt
  const isStatus = (change: FieldChange, which: ReadonlySet<unknown>) =>
    change.field === 'status' && which.has(change.to) && isIn(change.at)
  const answer = answerMetrics.has(metric) ? talk.find(({ customers, at }) => !customers && isIn(at)) : undefined
  const solved = changes.find((change) => isStatus(change, over))
  const paused = isRetargeted ? undefined : changes.find((change) => isStatus(change, waiting))
  const raised = isRetargeted ? changes.findLast(({ field, at }) => field === 'priority' && isIn(at)) : undefined
  const first = Math.min(...[answer, solved, paused, raised].map((one) => one?.at ?? Infinity))
  if (answer && answer.at <= first) {
    return { endedAt: answer.at, isAnswered: true, answerId: answer.id, answeredBy: answer.authorId }
  }
  if (first === Infinity && !ranThen) return null
  const isDone = !answerMetrics.has(metric) && solved?.at === first
  const endedAt = first < Infinity ? first : goneAt
  return { ...open, endedAt, isAnswered: isDone, answeredBy: isDone ? (solved?.byId ?? null) : null }
}
