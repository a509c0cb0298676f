import type { RouterUtils } from '@orpc/tanstack-query'
import type { ServiceClient } from './connection.ts'

/** What the screens of the return meeting ask the service. */
export function returnQueries({
  returns,
  returnFigures,
  returnWrapUps,
}: Pick<RouterUtils<ServiceClient>, 'returns' | 'returnFigures' | 'returnWrapUps'>) {
  return {
    /** What is to be handed back, and what was. */
    returnMeetings: () => returns.list.queryOptions({ input: {} }),
    /** The list of one meeting, with what was decided. */
    returnList: (coverageId: string) => returns.get.queryOptions({ input: { coverageId } }),
    /** What follows its list: transfers, notes, what was learned. */
    returnWrapUp: (coverageId: string) => returnWrapUps.get.queryOptions({ input: { coverageId } }),
    /** The coverage in numbers. */
    returnFigures: (coverageId: string) => returnFigures.get.queryOptions({ input: { coverageId } }),
    /** When the meeting is held. */
    returnTime: (coverageId: string) => returnFigures.time.queryOptions({ input: { coverageId } }),
  }
}
