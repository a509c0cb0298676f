import type { OutboxEntry, OutboxState } from '#contract/outbox.ts'
import { aPreview, anEntry } from './connection-fixtures.ts'
import { now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Takes changes over and settles them when told to; nothing is sent by itself, so that a test sees each state. */
export function outboxProcedures(os: StandInImplementer, state: StandInState) {
  const { outbox } = os
  const settle = (id: number, next: OutboxState): OutboxEntry | undefined => {
    state.outbox = state.outbox.map((entry) =>
      entry.id !== id
        ? entry
        : next === 'discarded'
          ? { ...entry, state: next, settledAt: now }
          : { ...entry, state: next, problem: null, conflict: null, settledAt: null },
    )
    return state.outbox.find((entry) => entry.id === id)
  }
  const lacks = (id: number) => ({ data: { what: 'change', id: String(id) } })
  return {
    preview: outbox.preview.handler(async ({ input }) => {
      await state.previewHeld
      return { previews: input.intents.map((intent) => aPreview(intent, state.preview)) }
    }),
    send: outbox.send.handler(({ input }) => {
      const first = Math.max(0, ...state.outbox.map(({ id }) => id)) + 1
      const entries = input.orders.map(({ intent }, index) => {
        const { subject, words } = aPreview(intent, state.preview)
        return anEntry({ id: first + index, intent, subject, words, createdAt: now })
      })
      state.outbox = [...entries, ...state.outbox]
      return { ids: entries.map(({ id }) => id) }
    }),
    list: outbox.list.handler(({ input }) => {
      const unsettled = state.outbox.filter((entry) => entry.state !== 'verified' && entry.state !== 'discarded')
      const needMe = unsettled.filter((entry) => entry.state === 'failed' || entry.state === 'conflict').length
      const entries = (input.unsettled ? unsettled : state.outbox).slice(0, input.limit)
      return { entries, waiting: unsettled.length - needMe, needMe }
    }),
    retry: outbox.retry.handler(({ input, errors }) => {
      const entry = settle(input.id, 'queued')
      if (!entry) throw errors.NOT_FOUND(lacks(input.id))
      return entry
    }),
    discard: outbox.discard.handler(({ input, errors }) => {
      const entry = settle(input.id, 'discarded')
      if (!entry) throw errors.NOT_FOUND(lacks(input.id))
      return entry
    }),
    resolve: outbox.resolve.handler(({ input, errors }) => {
      const entry = settle(input.id, input.choice === 'mine' ? 'queued' : 'discarded')
      if (!entry) throw errors.NOT_FOUND(lacks(input.id))
      return entry
    }),
  }
}
