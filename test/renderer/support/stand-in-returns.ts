import type { MeetingRow, ReturnList, ReturnMeeting } from '#contract/returns.ts'
import { now } from './fixtures.ts'
import { aDecided, aList, type StandInList } from './return-fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

type Lacks = (what: { data: { what: string; id: string } }) => Error

/** Return meetings: how far each is, and the lists of those that have one. */
export function returnProcedures(os: StandInImplementer, state: StandInState) {
  const { returns } = os
  const put = (coverageId: string, changes: Partial<ReturnMeeting>, lacks: Lacks): ReturnMeeting => {
    const found = state.returnMeetings.find((meeting) => meeting.coverageId === coverageId)
    if (!found) throw lacks({ data: { what: 'coverage', id: coverageId } })
    const meeting = { ...found, ...changes }
    state.returnMeetings = state.returnMeetings.map((other) => (other === found ? meeting : other))
    return meeting
  }
  const listOf = (coverageId: string) => state.returnLists.get(coverageId) ?? aList([])
  return {
    list: returns.list.handler(() => ({ meetings: state.returnMeetings, now })),
    get: returns.get.handler(({ input: { coverageId }, errors }) =>
      wholeList(put(coverageId, {}, errors.NOT_FOUND), listOf(coverageId)),
    ),
    ...goingOver(os, listOf),
    settle: returns.settle.handler(({ input: { coverageId, settled }, errors }) =>
      put(coverageId, { stage: settled ? 'wrap-up' : 'list' }, errors.NOT_FOUND),
    ),
    handBack: returns.handBack.handler(({ input, errors }) => {
      const meeting = put(input.coverageId, { stage: 'handed-back', handedBackAt: now }, errors.NOT_FOUND)
      return { meeting, lifted: state.lifted }
    }),
    takeBack: returns.takeBack.handler(({ input, errors }) =>
      put(input.coverageId, { stage: 'wrap-up', handedBackAt: null }, errors.NOT_FOUND),
    ),
  }
}

function wholeList(meeting: ReturnMeeting, { rows, past, at, running }: StandInList): ReturnList {
  const undecided = rows.filter((row) => row.decided === null || row.decided.changed).length
  const counts = [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length])
  return {
    ...{ ...meeting, decided: rows.length - undecided, since: meeting.startsAt, until: Math.min(now, meeting.endsAt) },
    ...{ rows, undecided, past, at, running, counts: Object.fromEntries(counts), now },
  }
}

/** Deciding, undoing and standing, row by row. */
function goingOver({ returns }: StandInImplementer, listOf: (coverageId: string) => StandInList) {
  const setRow = (list: StandInList, key: string, changes: Partial<MeetingRow>) => {
    list.rows = list.rows.map((row) => (row.key === key ? { ...row, ...changes } : row))
  }
  return {
    decide: returns.decide.handler(({ input: { coverageId, key, state: seen, decision }, errors }) => {
      const list = listOf(coverageId)
      const row = list.rows.find((candidate) => candidate.key === key)
      if (row?.state !== seen) {
        const reason = 'Something came to this row since you saw it. Look at it again, then decide.'
        throw errors.REFUSED({ message: reason, data: { reason } })
      }
      list.order.push(key)
      setRow(list, key, { decided: aDecided(row, { decision, at: now }) })
      return {}
    }),
    undo: returns.undo.handler(({ input: { coverageId } }) => {
      const list = listOf(coverageId)
      const key = list.order.pop() ?? null
      if (key !== null) setRow(list, key, { decided: null })
      return { key }
    }),
    stand: returns.stand.handler(({ input: { coverageId, at, running } }) => {
      Object.assign(listOf(coverageId), { at, running })
      return {}
    }),
  }
}
