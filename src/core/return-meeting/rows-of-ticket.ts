import { instantWords } from '../coverage/plan-words.ts'
import { isWithin } from '../instant.ts'
import { isEmergency, type EmergencyMark } from '../tickets/emergency-mark.ts'
import { metricWord } from '../tickets/metric-word.ts'
import { assigneeRows } from './assignee-rows.ts'
import { clockCourses } from './clock-courses.ts'
import { contingencyRows } from './contingency-rows.ts'
import { messageRows } from './message-rows.ts'
import { judgeCourse, type ClockCourse } from './nearly-missed.ts'
import type { ReturnRow, ReturnSetting } from './return-row.ts'
import { evidenceOf, rowOf } from './row-parts.ts'
import { durationWords, plainWord } from './row-words.ts'
import { statusRows } from './status-rows.ts'
import { eachOnce, ticketChanges, valueAtFirst, type TicketHistory } from './ticket-changes.ts'
import {
  arrivals,
  firstAssignment,
  lookAt,
  nameIn,
  whileOfAccount,
  type HandedTicket,
  type TicketLook,
} from './ticket-look.ts'

/**
 * What happened to a ticket inside of a window, a row for each kind of thing. The rows follow from what happened alone: in whichever order,
 * and how often, it was recorded makes no difference, and built again later each has the key it had.
 */
export function rowsOfTicket(
  recorded: TicketHistory,
  handed: HandedTicket,
  setting: ReturnSetting,
  emergencyMark: EmergencyMark,
): ReturnRow[] {
  const history = { ...recorded, events: eachOnce(recorded.events) }
  const changes = ticketChanges(history)
  const look = lookAt(history, changes, whileOfAccount(changes, setting))
  const rows = [
    ...arrivalRows(look),
    ...goneRows(look),
    ...emergencyRows(look, emergencyMark),
    ...clockRows(look),
    ...priorityRows(look),
    ...assigneeRows(look),
    ...statusRows(look),
    ...messageRows(look),
  ]
  return [...rows, ...contingencyRows(look, handed, rows)]
}

function arrivalRows({ history, changes, setting, head }: TicketLook): ReturnRow[] {
  const { createdAt, requesterId, messages } = history
  const first = messages
    .filter((message) => message.public)
    .toSorted((a, b) => a.at - b.at || a.id - b.id)
    .at(0)
  const opened = { at: createdAt, byId: requesterId, words: 'Opened', quote: first?.text ?? '' }
  const moved = arrivals(changes, setting).map(({ at, byId, isExact }) => ({
    ...{ at, byId, isExact },
    words: 'Moved here from another organization',
  }))
  const given = firstAssignment(changes)
  const assigned = given && { ...given, words: `Assigned to ${nameIn(setting, given.to)}` }
  const words = moved.length > 0 && createdAt < setting.startsAt ? 'Came from another organization' : 'Opened'
  const evidence = [opened, ...moved, ...(assigned ? [assigned] : [])].map((each) => evidenceOf(each, setting))
  const isNew = isWithin(createdAt, setting) || moved.length > 0
  return isNew ? rowOf(head({ kind: 'new', words }), evidence, setting) : []
}

const fateWords: Readonly<Record<string, string>> = {
  'ticket-deleted': 'Deleted',
  'ticket-forbidden': 'Zendesk does not show it any more',
  'ticket-back': 'It is back',
}

function goneRows({ history, changes, setting, head }: TicketLook): ReturnRow[] {
  const { events, mergedInto } = history
  const left = changes
    .filter(({ field, from }) => field === 'organization_id' && from === setting.accountId)
    .map(({ at, byId, isExact }) => ({ at, byId, isExact, words: 'Moved to another organization' }))
  const merged = mergedInto === null ? 'Merged into another ticket' : `Merged into ticket ${mergedInto}`
  const fates = events.flatMap(({ kind, at }) => {
    const words = kind === 'ticket-merged' ? merged : fateWords[kind]
    return words === undefined ? [] : [{ at, words, isExact: false }]
  })
  const all = [...left, ...fates].toSorted((a, b) => a.at - b.at)
  const last = all.findLast(({ at }) => isWithin(at, setting))
  const evidence = all.map((each) => evidenceOf(each, setting))
  return last ? rowOf(head({ kind: 'gone', words: last.words }), evidence, setting) : []
}

function emergencyRows({ history, changes, setting, head }: TicketLook, mark: EmergencyMark): ReturnRow[] {
  const field = { tag: 'tags', priority: 'priority', form: 'form_id' } as const
  const isMarked = (value: unknown) =>
    isEmergency(
      {
        tags: Array.isArray(value) ? (value as string[]) : [],
        priority: typeof value === 'string' ? value : null,
        formId: typeof value === 'number' ? value : null,
      },
      mark,
    )
  const course = changes.filter((change) => change.field === field[mark.by])
  const opened = isMarked(valueAtFirst(field[mark.by], history, changes))
    ? [{ at: history.createdAt, byId: history.requesterId, words: 'Opened as an emergency' }]
    : []
  const became = course
    .filter(({ from, to }) => !isMarked(from) && isMarked(to))
    .map(({ at, byId, isExact }) => ({ at, byId, isExact, words: 'Became an emergency' }))
  const evidence = [...opened, ...became].map((each) => evidenceOf(each, setting))
  return rowOf(head({ kind: 'emergency', words: 'Emergency' }), evidence, setting)
}

function clockRows(look: TicketLook): ReturnRow[] {
  return clockCourses(look.history, look.changes).flatMap((course) => {
    const judged = judgeCourse(course, look.history.readUntil)
    return judged === 'breached' || judged === 'nearly-missed' ? clockRow(look, course, judged) : []
  })
}

function clockRow(
  { setting, head, history }: TicketLook,
  { metric, breachAt, endedAt, isAnswered, answerId, answeredBy }: ClockCourse,
  kind: 'breached' | 'nearly-missed',
): ReturnRow[] {
  // What was late is known from its end alone; that may lie after the window, and the breach may lie before it.
  if (kind === 'breached' && !isWithin(breachAt, setting)) return []
  const name = metricWord(metric)
  const late = endedAt === null ? 0 : Math.abs(endedAt - breachAt)
  const due = `${name} was due ${instantWords(breachAt, setting.timeZone)}`
  const done = isAnswered ? 'done' : 'its clock stopped'
  const ended =
    kind === 'breached' ? `${done} ${durationWords(late)} late` : `${done} ${durationWords(late)} before its end`
  const message = history.messages.find(({ id }) => id === answerId)
  const answer =
    endedAt === null
      ? []
      : [
          evidenceOf(
            {
              ...{ at: endedAt, byId: answeredBy, words: ended, commentId: answerId, isExact: isAnswered },
              quote: message?.text ?? '',
            },
            setting,
          ),
        ]
  const breach = kind === 'breached' ? [evidenceOf({ at: breachAt, words: due }, setting)] : []
  const words = kind === 'breached' ? `${due}, ${endedAt === null ? 'not done yet' : ended}` : `${name} ${ended}`
  return rowOf(head({ kind, words, of: `${metric}/${breachAt}` }), [...breach, ...answer], setting)
}

const priorityRank: Readonly<Record<string, number>> = { low: 1, high: 3, urgent: 4 }

function priorityRows({ changes, setting, head }: TicketLook): ReturnRow[] {
  const course = changes.filter(({ field, at }) => field === 'priority' && isWithin(at, setting))
  const [first] = course
  const last = course.at(-1)
  if (!first || !last) return []
  const rank = (value: unknown) => priorityRank[String(value)] ?? 2
  const highest = Math.max(...course.map(({ to }) => rank(to)))
  const evidence = course.map(({ at, byId, isExact, from, to }) =>
    evidenceOf({ at, byId, isExact, words: `Priority: ${plainWord(from)} → ${plainWord(to)}` }, setting),
  )
  const words = `Priority: ${[first.from, ...course.map(({ to }) => to)].map(plainWord).join(' → ')}`
  return rowOf(head({ kind: 'priority', words, isLight: highest <= rank(first.from) }), evidence, setting)
}
