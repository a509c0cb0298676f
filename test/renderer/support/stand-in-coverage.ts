import type { OnCallShift } from '#contract/on-call.ts'
import { instantOf } from '#renderer/ui/wall-time.ts'
import { dayMs, now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

const weekMs = 7 * dayMs
/** The Monday of 2026-W48 in Berlin, where it is winter for all weeks that are asked for. */
const monday = Date.UTC(2026, 10, 22, 23)

/** Draws the ribbon, works out load, and keeps shifts as the service does. */
export function coverageProcedures(os: StandInImplementer, state: StandInState) {
  return {
    coverage: {
      list: os.coverage.list.handler(() => ({ coverages: state.coverages, now })),
      ribbon: os.coverage.ribbon.handler(({ input }) => {
        const first = weeksFrom(input.week)
        const weeks = Array.from({ length: input.weeks }, (_, index) => {
          const startsAt = monday + (first + index) * weekMs
          return { week: weekName(first + index), startsAt, endsAt: startsAt + weekMs }
        })
        const [startsAt, endsAt] = [monday + first * weekMs, monday + (first + input.weeks) * weekMs]
        const lanes = state.lanes.map((lane) => ({
          ...lane,
          spans: lane.spans.filter((span) => span.startsAt < endsAt && span.endsAt > startsAt),
        }))
        return { startsAt, endsAt, weeks, lanes, now }
      }),
    },
    workload: {
      day: os.workload.day.handler(() => state.day),
      week: os.workload.week.handler(({ input }) => {
        const startsAt = monday + weeksFrom(input.week) * weekMs
        return { ...state.week, week: input.week ?? state.week.week, startsAt, endsAt: startsAt + weekMs }
      }),
    },
    onCall: onCallProcedures(os, state),
  }
}

function onCallProcedures({ onCall }: StandInImplementer, state: StandInState) {
  const change = (id: string, part: Partial<OnCallShift>) => {
    state.shifts = state.shifts.map((shift) => (shift.id === id ? { ...shift, ...part } : shift))
    return state.shifts.find((shift) => shift.id === id)
  }
  const lacks = (id: string) => ({ data: { what: 'shift', id } })
  return {
    list: onCall.list.handler(() => ({ shifts: state.shifts, now })),
    add: onCall.add.handler(({ input }) => {
      const person = state.people.find(({ id }) => id === input.personId)
      const zone = person?.timeZone ?? 'Europe/Berlin'
      const shift: OnCallShift = {
        id: `hand-${state.shifts.length + 1}`,
        personId: input.personId ?? 10,
        personName: person?.name ?? 'Tom Okafor',
        mine: person?.me ?? true,
        startsAt: instantOf(input.startsAt, zone) ?? 0,
        endsAt: instantOf(input.endsAt, zone) ?? 0,
        title: input.title,
        feedName: null,
        swap: null,
        replacement: null,
        lapsed: null,
      }
      state.shifts = [...state.shifts, shift]
      return shift
    }),
    remove: onCall.remove.handler(({ input }) => {
      state.shifts = state.shifts.filter(({ id }) => id !== input.shiftId)
      return {}
    }),
    recordReplacement: onCall.recordReplacement.handler(({ input, errors }) => {
      const shift = change(input.shiftId, { replacement: { name: input.name, at: now }, lapsed: null })
      if (!shift) throw errors.NOT_FOUND(lacks(input.shiftId))
      return shift
    }),
    clearReplacement: onCall.clearReplacement.handler(({ input, errors }) => {
      const shift = change(input.shiftId, { replacement: null, lapsed: null })
      if (!shift) throw errors.NOT_FOUND(lacks(input.shiftId))
      return shift
    }),
  }
}

/** How many weeks after 2026-W48 a week of 2026 is. */
function weeksFrom(week: string | undefined): number {
  return week === undefined ? 0 : Number(week.slice(6)) - 48
}

function weekName(after: number): string {
  const number = 48 + after
  return number > 53 ? `2027-W${String(number - 53).padStart(2, '0')}` : `2026-W${String(number).padStart(2, '0')}`
}
