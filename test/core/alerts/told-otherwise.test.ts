import { expect, test } from 'vitest'
import { toldAs, toldOtherwise, type ChangeContext } from '#core/alerts/told-otherwise.ts'
import type { TicketFacts } from '#core/handoff/handoff-document.ts'
import { staleChanges } from '#core/handoff/stale-differences.ts'
import { someFacts } from '#test/support/handoff-values.ts'
import { monday } from '#test/support/plan-values.ts'
import { hourMs } from '#test/support/work-values.ts'

const reviewedAt = monday
const later = monday + hourMs
const said = (byName: string, at = later) => ({ at, byName, words: 'Hello' })

/** What each difference from a quiet ticket is told as; `told` for what nothing else tells. */
function outcome(parts: Partial<TicketFacts>, context: Partial<ChangeContext> = {}): Record<string, string> {
  const is = someFacts(parts)
  const changes = staleChanges(someFacts(), is, { timeZone: 'Europe/Berlin', now: monday })
  const whole = { is, reviewedAt, me: { id: 11, name: 'Ines' }, emergencyPriority: null, told: [], ...context }
  return Object.fromEntries(changes.map((change) => [change.what, toldOtherwise(change, changes, whole) ?? 'told']))
}

const replied = { kind: 'customer-replied', at: later } as const
const earlier = [{ metric: 'next_reply_time', breachAt: monday + 1 }]

test('what nobody else tells is told', () => {
  const all = {
    ...{ status: 'open-again', priority: 'urgent', assigneeId: 13, clocks: earlier },
    ...{ lastCustomer: said('Carla'), lastPublicReply: said('Ben'), lastNote: said('Ben') },
    issues: [{ reference: 'customers/acme#3', title: 'Upgrade', open: false }],
  }
  expect(new Set(Object.values(outcome(all)))).toEqual(new Set(['told']))
  expect(Object.keys(outcome(all))).toHaveLength(8)
})

test('a reply of the customer tells itself, the clocks it starts and the status it opens; not another status, nor an older message', () => {
  const parts = { lastCustomer: said('Carla'), clocks: earlier }
  const told = [replied]
  expect(outcome(parts, { told })).toEqual({ customer: toldAs.reply, clock: toldAs.reply })
  expect(outcome({ ...parts, status: 'hold' }, { told })['status']).toBe('told')
  expect(outcome(parts, { told: [{ ...replied, at: later - 1 }] })).toEqual({ customer: 'told', clock: 'told' })
  const is = someFacts({ lastCustomer: said('Carla') })
  const changes = staleChanges(someFacts({ status: 'pending' }), is, { timeZone: 'Europe/Berlin', now: monday })
  const context = { is, reviewedAt, me: { id: 11, name: 'Ines' }, emergencyPriority: null, told }
  expect(changes.map((change) => [change.what, toldOtherwise(change, changes, context)])).toEqual([
    ['status', toldAs.reply],
    ['customer', toldAs.reply],
  ])
})

test('a reply that the ASE foresaw is told as that', () => {
  const told = [{ kind: 'contingency', at: later, trigger: { on: 'customer-replies' } } as const]
  expect(outcome({ lastCustomer: said('Carla') }, { told })).toEqual({ customer: toldAs.foreseen })
})

test('what I did myself is not told: my answer, with status and clocks, my note, and that I took the ticket', () => {
  const mine = { lastPublicReply: said('Ines', later + 1), lastNote: said('Ines'), assigneeId: 11 }
  const parts = { ...mine, status: 'pending', clocks: [], lastCustomer: said('Carla') }
  expect(new Set(Object.values(outcome(parts)))).toEqual(new Set([toldAs.mine]))
  expect(outcome({ ...parts, lastCustomer: said('Carla', later + 2) })).toMatchObject({ status: 'told', clock: 'told' })
  expect(outcome({ lastPublicReply: said('Ben'), status: 'pending' })).toEqual({ reply: 'told', status: 'told' })
})

test('an emergency tells the priority that marks it, and clocks; one from before the review tells nothing', () => {
  const parts = { priority: 'urgent', clocks: earlier }
  const emergency = { kind: 'emergency', at: later } as const
  expect(outcome(parts, { told: [emergency], emergencyPriority: 'urgent' })).toEqual({
    priority: toldAs.emergency,
    clock: toldAs.emergency,
  })
  expect(outcome(parts, { told: [emergency] })).toEqual({ priority: 'told', clock: toldAs.emergency })
  expect(outcome(parts, { told: [{ ...emergency, at: reviewedAt }], emergencyPriority: 'urgent' })).toEqual({
    priority: 'told',
    clock: 'told',
  })
})

test('a breach of the very clock tells it', () => {
  const [clock] = earlier
  expect(outcome({ clocks: earlier }, { told: [{ kind: 'breach-coming', at: later, clock }] })).toEqual({
    clock: toldAs.breach,
  })
  const other = { metric: 'agent_work_time', breachAt: monday + 1 }
  expect(outcome({ clocks: earlier }, { told: [{ kind: 'breached', at: later, clock: other }] })).toEqual({
    clock: 'told',
  })
  expect(outcome({ clocks: [] }, { told: [{ kind: 'new-ticket', at: later, clock: null }] })).toEqual({ clock: 'told' })
})

test('what the ASE foresaw tells the status, the priority or the issue it is about, and no other', () => {
  const fired = (trigger: NonNullable<ChangeContext['told'][number]['trigger']>, issue?: string) => ({
    told: [{ kind: 'contingency', at: later, trigger, issue } as const],
  })
  const parts = {
    ...{ status: 'hold', priority: 'high' },
    issues: [{ reference: 'customers/acme#3', title: 'Upgrade', open: false }],
  }
  expect(outcome(parts, fired({ on: 'status', to: 'hold' }))).toEqual({
    ...{ status: toldAs.foreseen, priority: 'told', issue: 'told' },
  })
  expect(outcome(parts, fired({ on: 'status', to: 'pending' }))['status']).toBe('told')
  expect(outcome(parts, fired({ on: 'severity-raised' }))['priority']).toBe(toldAs.foreseen)
  const closed = { on: 'issue-closed', projectId: 7, iid: 3 } as const
  expect(outcome(parts, fired(closed, 'customers/acme#3'))['issue']).toBe(toldAs.foreseen)
  expect(outcome(parts, fired(closed, 'customers/acme#30'))['issue']).toBe('told')
})

test('an ASE that was taken off since the review is told as that', () => {
  const parts = { assigneeId: 13, assigneeName: 'Ben' }
  expect(outcome(parts, { told: [{ kind: 'ase-removed', at: later }] })).toEqual({ assignee: toldAs.aseRemoved })
  expect(outcome(parts, { told: [{ kind: 'ase-removed', at: reviewedAt }] })).toEqual({ assignee: 'told' })
})
