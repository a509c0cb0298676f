import { expect, test } from 'vitest'
import { transferStanding, type TransferSetting, type TransferTicket } from '#core/return-meeting/transfer-standing.ts'

const ticket: TransferTicket = {
  ...{ id: 101, organizationId: 1, status: 'open', assigneeId: 11, tags: [], fate: null, mergedInto: null },
}
const standing = (parts: Partial<TransferTicket> | undefined, setting: Partial<TransferSetting> = {}) =>
  transferStanding(101, parts && { ...ticket, ...parts }, {
    ...{ aseId: 12, aseName: 'Anna', accountId: 1, isOpen: false, isAssigned: false },
    ...setting,
  })

test('a ticket is ready until something is ordered, and done when the ASE has it and nothing is under way', () => {
  expect(standing({}).standing).toBe('ready')
  expect(standing({ status: 'solved' }).standing).toBe('ready')
  expect(standing({}, { isOpen: true }).standing).toBe('ordered')
  expect(standing({}, { isAssigned: true }).standing).toBe('ordered')
  expect(standing({ assigneeId: 12 }, { isAssigned: true }).standing).toBe('done')
  expect(standing({ assigneeId: 12 }).standing).toBe('done')
  expect(standing({ assigneeId: 12 }, { isOpen: true }).standing).toBe('ordered')
  expect(standing({ assigneeId: 12, status: 'closed' }).standing).toBe('done')
})

test.each<[Partial<TransferTicket> | undefined, RegExp]>([
  [{ status: 'closed' }, /closed.*follow-up ticket: assign that one to Anna/],
  [{ fate: 'archived' }, /closed.*follow-up ticket/],
  [{ fate: 'merged', mergedInto: 77 }, /merged into #77\. Assign that one to Anna/],
  [{ status: 'closed', tags: ['closed_by_merge'] }, /merged into another ticket/],
  [{ fate: 'deleted' }, /was deleted/],
  [{ fate: 'forbidden' }, /no longer shows you/],
  [{ organizationId: 2 }, /another organization/],
  [undefined, /not stored here\. Sync first/],
])('a ticket that cannot change hands says what to do instead: %o', (parts, words) => {
  expect(standing(parts)).toEqual({ standing: 'refused', refusal: expect.stringMatching(words) })
})
