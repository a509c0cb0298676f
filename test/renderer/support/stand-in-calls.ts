import type { CallDetail, CallPart } from '#contract/calls.ts'
import { callGaps } from '#core/calls/call-gaps.ts'
import { blankCall } from '#core/calls/call-document.ts'
import { callSummary, callTitle } from '#core/calls/write-call.ts'
import { aPreview } from './connection-fixtures.ts'
import { now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** A draft of a call, changed as a test wants it. */
export function aCallDetail(parts: Partial<CallDetail> = {}): CallDetail {
  const document = blankCall({ about: 'other', day: '2026-11-24', tickets: [] })
  return {
    ...{ id: 'c1', accountId: 1, accountName: 'Northwind Logistics', about: 'other', day: '2026-11-24', purpose: '' },
    ...{ ticketIds: [], state: 'draft', updatedAt: now, filedAt: null, became: [], document },
    people: { customer: ['Marcus Bell', 'Yuki Tanabe'], ours: ['Tom Okafor', 'Priya Raman'] },
    tickets: [
      { id: 4711, subject: 'Runners stay offline after the upgrade to 18.6', status: 'open' },
      { id: 4712, subject: 'Registry is slow', status: 'pending' },
    ],
    now,
    ...parts,
  }
}

/** Keeps calls as the service does; filing is followed by nothing. */
export function callProcedures(os: StandInImplementer, state: StandInState) {
  const { calls } = os
  const find = (id: string, lacks: (what: { data: { what: string; id: string } }) => Error): CallDetail => {
    const call = state.calls.find((candidate) => candidate.id === id)
    if (!call) throw lacks({ data: { what: 'call', id } })
    return call
  }
  const keep = (call: CallDetail): CallDetail => {
    const { about, day, purpose, tickets } = call.document
    const kept = { ...call, about, day, purpose, ticketIds: tickets.map(({ id }) => id), updatedAt: call.updatedAt + 1 }
    state.calls = [...state.calls.filter(({ id }) => id !== call.id), kept]
    return kept
  }
  return {
    list: calls.list.handler(({ input }) => ({
      calls: state.calls.filter((call) => input.accountId === undefined || call.accountId === input.accountId),
      now,
    })),
    get: calls.get.handler(({ input, errors }) => find(input.id, errors.NOT_FOUND)),
    start: calls.start.handler(({ input }) => {
      const tickets = input.ticketId === undefined ? [] : [{ id: input.ticketId, how: 'internal' as const }]
      const about = tickets.length > 0 ? 'tickets' : 'other'
      const accountName = state.accounts.find(({ id }) => id === input.accountId)?.name ?? ''
      const document = blankCall({ about, day: '2026-11-24', tickets })
      const id = `c${state.calls.length + 1}`
      return keep(aCallDetail({ id, accountId: input.accountId, accountName, document }))
    }),
    save: calls.save.handler(({ input, errors }) => {
      const call = find(input.id, errors.NOT_FOUND)
      if (call.updatedAt !== input.updatedAt) {
        throw errors.REFUSED({ message: 'It was changed in another window.', data: { reason: 'refused' } })
      }
      return { updatedAt: keep({ ...call, document: input.document }).updatedAt }
    }),
    remove: calls.remove.handler(({ input, errors }) => {
      const { id, accountId, document } = find(input.id, errors.NOT_FOUND)
      state.calls = state.calls.filter((call) => call.id !== id)
      return { id, accountId, document }
    }),
    restore: calls.restore.handler(({ input }) => keep(aCallDetail(input))),
    preview: calls.preview.handler(({ input, errors }) => {
      const call = find(input.id, errors.NOT_FOUND)
      const gaps = callGaps(call.document, 100)
      const parts = gaps.missing.length > 0 ? [] : partsOf(call, input.projectId, state)
      return { parts, missing: [...gaps.missing], open: [...gaps.open] }
    }),
    file: calls.file.handler(({ input, errors }) => {
      const call = find(input.id, errors.NOT_FOUND)
      const became = partsOf(call, input.projectId, state).map(({ heading, preview }) => ({
        ...{ words: heading, ticketId: null, url: null, problem: null },
        state: preview ? ('queued' as const) : null,
      }))
      return keep({ ...call, state: 'filed', filedAt: now, became })
    }),
    actions: calls.actions.handler(({ input }) => {
      const actions = state.callActions.filter(
        ({ accountId }) => input.accountId === undefined || accountId === input.accountId,
      )
      return { actions, overdue: actions.filter(({ overdue }) => overdue).length, now }
    }),
    tick: calls.tick.handler(({ input }) => {
      state.callActions = state.callActions.filter(
        ({ at }) => at.kind !== 'call' || at.callId !== input.id || at.index !== input.index,
      )
      return {}
    }),
  }
}

function partsOf({ document, accountName }: CallDetail, projectId: number | null, state: StandInState): CallPart[] {
  if (document.about === 'other') {
    if (projectId === null)
      return [{ heading: 'Markdown of the issue, to copy', text: callTitle(document), preview: null }]
    const fields = { description: '', labels: [], assigneeIds: [], confidential: false, dueDate: null }
    const intent = { kind: 'create-issue' as const, projectId, title: callTitle(document), ...fields }
    return [{ heading: `Issue “${intent.title}”`, text: '', preview: aPreview(intent, state.preview) }]
  }
  const text = callSummary(document, accountName)
  return document.tickets.map(({ id, how }) => {
    if (how === 'public') return { heading: `Public reply on #${id}, to copy`, text, preview: null }
    const intent = { kind: 'internal-note' as const, ticketId: id, body: text }
    return { heading: `Internal note on #${id}`, text, preview: aPreview(intent, state.preview) }
  })
}
