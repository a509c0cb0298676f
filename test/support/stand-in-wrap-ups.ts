import { implement } from '@orpc/server'
import { contract } from '#contract/contract.ts'

const { returnWrapUps } = implement(contract)
const noCoverage = { message: 'No such coverage.', data: { what: 'coverage', id: 'none' } }

/** What follows return meetings, where there is none. */
export function standInWrapUps() {
  return {
    get: returnWrapUps.get.handler(({ errors }) => {
      throw errors.NOT_FOUND(noCoverage)
    }),
    transfer: returnWrapUps.transfer.handler(({ errors }) => {
      throw errors.NOT_FOUND(noCoverage)
    }),
    call: returnWrapUps.call.handler(() => ({ callId: 'none' })),
    learn: returnWrapUps.learn.handler(() => ({})),
    issueIntents: returnWrapUps.issueIntents.handler(() => ({ intents: [] })),
  }
}
