import type { Outbox } from '../outbox/create-outbox.ts'
import { Refusal } from '../refusal.ts'
import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Changes to be made in Zendesk and GitLab: previewed, ordered, followed until they were seen there. */
export function outboxProcedures(deps: RouterDeps) {
  return {
    outbox: {
      preview: os.outbox.preview.handler(({ input, errors }) =>
        answering(errors, async () => ({ previews: await outboxOf(deps).preview(input.intents) })),
      ),
      send: os.outbox.send.handler(({ input, errors }) =>
        answering(errors, async () => ({ ids: await outboxOf(deps).send(input.orders) })),
      ),
      list: os.outbox.list.handler(({ input }) => deps.session().outbox.list(input)),
      retry: os.outbox.retry.handler(({ input, errors }) => answering(errors, () => outboxOf(deps).retry(input.id))),
      discard: os.outbox.discard.handler(({ input, errors }) =>
        answering(errors, () => outboxOf(deps).discard(input.id)),
      ),
      resolve: os.outbox.resolve.handler(({ input, errors }) =>
        answering(errors, () => outboxOf(deps).resolve(input.id, input.choice)),
      ),
    },
  }
}

function outboxOf(deps: RouterDeps): Outbox {
  const { outbox, sources } = deps.session()
  if (!sources) throw new Refusal('refused', 'Nothing is connected here, so nothing can be sent.')
  return outbox
}
