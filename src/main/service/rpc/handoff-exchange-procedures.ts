import { refuseRestricted } from '../desk/restricted.ts'
import { exportHandoffs, importHandoffs, knownHandoff } from '../handoffs/exchange-handoffs.ts'
import { handoffKind } from '../handoffs/handoff-kind.ts'
import { createIssueExchange } from '../sharing/exchange-issue.ts'
import { answering } from './answering.ts'
import { issueDeskOf, toAlong, toIssueStanding } from './issue-desk.ts'
import { handoffDeskOf, os, type RouterDeps } from './router-deps.ts'

/** Handoffs as files, texts and issues of GitLab. */
export function handoffExchangeProcedures(deps: RouterDeps) {
  const exchange = () => {
    const desk = issueDeskOf(deps, () => handoffDeskOf(deps))
    return createIssueExchange(handoffKind, desk, (id) => knownHandoff(desk, id))
  }
  return {
    export: os.handoffs.export.handler(({ input, errors }) =>
      answering(errors, () => {
        const exported = exportHandoffs(handoffDeskOf(deps), input.handoffIds, input.as)
        refuseRestricted(deps.session().db, exported.text)
        return exported
      }),
    ),
    import: os.handoffs.import.handler(({ input, errors }) =>
      answering(errors, () => {
        const { ids, fresh, unread, ...along } = importHandoffs(handoffDeskOf(deps), input)
        if (input.apply) deps.hub.publish('handoffs', [...ids])
        return { ids: [...ids], fresh, ...toAlong(along), unread: [...unread] }
      }),
    ),
    issue: os.handoffs.issue.handler(({ input, errors }) =>
      answering(errors, () => toIssueStanding(exchange().standing(input.handoffId), deps)),
    ),
    previewIssue: os.handoffs.previewIssue.handler(({ input, errors }) =>
      answering(errors, async () => {
        const { preview, along } = await exchange().preview(input.handoffId, input.another)
        return { preview, along: toAlong(along) }
      }),
    ),
    fetch: os.handoffs.fetch.handler(({ input, errors }) =>
      answering(errors, async () => {
        const { apply } = input
        const meant = 'handoffId' in input ? { id: input.handoffId } : { reference: input.reference }
        const { id, fresh, unread, ...along } = await exchange().fetch({ ...meant, apply })
        if (apply) deps.hub.publish('handoffs', [id])
        return { ids: [id], fresh: Number(fresh), ...toAlong(along), unread: [...unread] }
      }),
    ),
  }
}
