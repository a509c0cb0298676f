import type { KeptData } from '#contract/customer-data.ts'
import { dayMs, now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Customers’ data of accounts that were covered: kept longer or removed as it is asked for. */
export function customerDataProcedures(os: StandInImplementer, state: StandInState) {
  const { customerData } = os
  const put = (
    accountId: number,
    changes: Partial<KeptData>,
    lacks: (what: { data: { what: string; id: string } }) => Error,
  ): KeptData => {
    const found = state.keptData.find((kept) => kept.accountId === accountId)
    if (!found) throw lacks({ data: { what: 'account', id: String(accountId) } })
    const kept = { ...found, ...changes }
    state.keptData = state.keptData.map((other) => (other === found ? kept : other))
    return kept
  }
  return {
    list: customerData.list.handler(() => ({ accounts: state.keptData, now })),
    keepLonger: customerData.keepLonger.handler(({ input, errors }) =>
      put(input.accountId, { state: 'kept', dueAt: now + input.days * dayMs }, errors.NOT_FOUND),
    ),
    remove: customerData.remove.handler(({ input, errors }) => {
      const proof = { removedAt: now, removed: [], left: 0, words: 'It was removed; nothing is left.' }
      return put(input.accountId, { state: 'removed', proof }, errors.NOT_FOUND)
    }),
  }
}
