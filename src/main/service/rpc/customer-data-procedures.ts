import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Customers' data of accounts that were covered: kept for some days, then removed. */
export function customerDataProcedures({ session }: RouterDeps) {
  return {
    customerData: {
      list: os.customerData.list.handler(() => {
        const { customerData, workspace } = session()
        return { accounts: customerData.list(), now: workspace.clock.now() }
      }),
      keepLonger: os.customerData.keepLonger.handler(({ input, errors }) =>
        answering(errors, () => session().customerData.keepLonger(input.accountId, input.days)),
      ),
      remove: os.customerData.remove.handler(({ input, errors }) =>
        answering(errors, () => session().customerData.remove(input.accountId)),
      ),
    },
  }
}
