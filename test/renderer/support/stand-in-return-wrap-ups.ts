import type { OutboxEntry } from '#contract/outbox.ts'
import type { ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { aCallDetail } from './stand-in-calls.ts'
import { aPreview, anEntry } from './connection-fixtures.ts'
import { now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'
import { aReturnTime } from './wrap-up-fixtures.ts'

/** What follows a list: keeps what is ordered and said as the service does; nothing is sent by itself, so that a test sees each state. */
export function returnWrapUpProcedures(os: StandInImplementer, state: StandInState) {
  const { returnWrapUps } = os
  return {
    get: returnWrapUps.get.handler(() => asItStands(state)),
    transfer: returnWrapUps.transfer.handler(({ input }) => {
      const first = Math.max(0, ...state.outbox.map(({ id }) => id)) + 1
      const entries = input.orders.map(({ intent }, index) =>
        anEntry({ id: first + index, intent, words: aPreview(intent, state.preview).words, createdAt: now }),
      )
      state.outbox = [...entries, ...state.outbox]
      const transfers = state.wrapUp.transfers.map((transfer) => {
        const own = entries.filter(({ intent }) => 'ticketId' in intent && intent.ticketId === transfer.ticketId)
        if (own.length === 0) return transfer
        return { ...transfer, standing: 'ordered' as const, entries: [...transfer.entries, ...own] }
      })
      state.wrapUp = { ...state.wrapUp, transfers }
      return asItStands(state)
    }),
    call: returnWrapUps.call.handler(() => {
      const id = `c${state.calls.length + 1}`
      state.calls = [...state.calls, aCallDetail({ id, accountId: 2, accountName: 'Fabrikam Health' })]
      state.wrapUp = {
        ...state.wrapUp,
        call: { id, filed: false, url: null, words: 'It is a draft and not filed yet.' },
      }
      return { callId: id }
    }),
    learn: returnWrapUps.learn.handler(({ input }) => {
      state.wrapUp = { ...state.wrapUp, lesson: input.lesson }
      return {}
    }),
    issueIntents: returnWrapUps.issueIntents.handler(() => ({ intents: state.issueIntents })),
  }
}

/** A coverage in numbers, and when its meeting is held. */
export function returnFigureStandIns(os: StandInImplementer, state: StandInState) {
  const { returnFigures } = os
  return {
    get: returnFigures.get.handler(() => state.figures),
    file: returnFigures.file.handler(({ input }) =>
      input.format === 'csv'
        ? { name: 'coverage-fabrikam-health.csv', text: 'Day,Hours\n' }
        : { name: 'coverage-fabrikam-health.md', text: '# Fabrikam Health\n' },
    ),
    time: returnFigures.time.handler(() => state.returnTime),
    schedule: returnFigures.schedule.handler(({ input }) => {
      const { startsAt } = input
      state.returnTime =
        startsAt === null
          ? aReturnTime()
          : aReturnTime({ startsAt, endsAt: startsAt + 3_600_000, basis: 'chosen', words: `Chosen: ${startsAt}.` })
      return state.returnTime
    }),
    calendarFile: returnFigures.calendarFile.handler(() => ({ name: 'return-meeting.ics', text: 'BEGIN:VCALENDAR' })),
  }
}

/** With each change as the outbox has it now; what was all seen is the ASE’s. */
function asItStands({ wrapUp, outbox }: StandInState): ReturnWrapUp {
  const transfers = wrapUp.transfers.map((transfer) => {
    const entries = transfer.entries.map((entry) => outbox.find(({ id }) => id === entry.id) ?? entry)
    const isDone = entries.some(isAssigned) && entries.every(({ state }) => state === 'verified')
    if (!isDone) return { ...transfer, entries }
    return { ...transfer, entries, standing: 'done' as const, assigneeName: wrapUp.aseName }
  })
  return { ...wrapUp, transfers }
}

function isAssigned({ intent }: OutboxEntry): boolean {
  return intent.kind === 'assign'
}
