import { implement } from '@orpc/server'
import { contract } from '#contract/contract.ts'

const os = implement(contract)
const refusal = { message: 'Not now.', data: { reason: 'refused' } }

/** The handoffs of a workspace that has none, for tests of doors and transports. */
export function standInHandoffs(now: number) {
  return {
    list: os.handoffs.list.handler(() => ({ packets: [], now })),
    get: os.handoffs.get.handler(({ input, errors }) => {
      throw errors.NOT_FOUND({ message: 'No such handoff.', data: { what: 'handoff', id: input.handoffId } })
    }),
    begin: os.handoffs.begin.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    saveLine: os.handoffs.saveLine.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    saveText: os.handoffs.saveText.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    teachBack: os.handoffs.teachBack.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    judge: os.handoffs.judge.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    review: os.handoffs.review.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    accept: os.handoffs.accept.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    resolve: os.handoffs.resolve.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    export: os.handoffs.export.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    import: os.handoffs.import.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    issue: os.handoffs.issue.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    previewIssue: os.handoffs.previewIssue.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
    fetch: os.handoffs.fetch.handler(({ errors }) => {
      throw errors.REFUSED(refusal)
    }),
  }
}
