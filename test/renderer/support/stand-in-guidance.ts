import { aBrief, aGuidance } from './guidance-fixtures.ts'
import { now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** What to do with tickets, as the stand-in's state has it. */
export function guidanceProcedures({ guidance }: StandInImplementer, state: StandInState) {
  const rowOf = (ticketId: number) => state.queue.find(({ id }) => id === ticketId) ?? state.details.get(ticketId)
  const missing = (ticketId: number) => ({ data: { what: 'ticket', id: String(ticketId) } })
  return {
    of: guidance.of.handler(({ input, errors }) => {
      const row = rowOf(input.ticketId)
      if (!row) throw errors.NOT_FOUND(missing(input.ticketId))
      return aGuidance(row, state.guidance.get(input.ticketId))
    }),
    setChoice: guidance.setChoice.handler(({ input, errors }) => {
      const row = rowOf(input.ticketId)
      if (!row) throw errors.NOT_FOUND(missing(input.ticketId))
      const before = aGuidance(row, state.guidance.get(input.ticketId))
      const steps = before.steps.map((step) => (step.kind === 'choice' ? { ...step, choice: input.choice } : step))
      state.guidance.set(input.ticketId, { ...state.guidance.get(input.ticketId), steps })
      return { ...before, steps }
    }),
    brief: guidance.brief.handler(({ input, errors }) => {
      const row = rowOf(input.ticketId)
      if (!row) throw errors.NOT_FOUND(missing(input.ticketId))
      return aBrief(row, state.brief)
    }),
    guard: guidance.guard.handler(() => ({ tickets: state.guarded, now })),
    emergencyMarks: guidance.emergencyMarks.handler(() => ({
      mark: state.settings.emergencyMark,
      suggestions: [{ mark: { by: 'priority' as const, value: 'urgent' }, tickets: 3 }],
      forms: [
        { value: '360000803379', name: 'Support', tickets: 32 },
        { value: '360000803419', name: null, tickets: 2 },
      ],
    })),
  }
}
