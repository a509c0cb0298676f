import { lookAtKit, type KitSource } from '../kit/look-at-kit.ts'
import { Refusal } from '../refusal.ts'
import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** What accounts' projects in GitLab have and lack. */
export function accountKitProcedures(deps: RouterDeps) {
  return {
    accountKits: {
      look: os.accountKits.look.handler(({ input, errors }) =>
        answering(errors, () => lookAtKit(sourceOf(deps), input)),
      ),
    },
  }
}

function sourceOf({ session, policy }: RouterDeps): KitSource {
  const { db, sources, outbox, workspace } = session()
  if (!sources) throw new Refusal('refused', 'Nothing is connected here, so GitLab cannot be asked.')
  const { gitlab } = sources
  if (!gitlab) throw new Refusal('refused', 'No GitLab is connected here. Connect one in Settings first.')
  const { api, writes, identity } = gitlab
  return { db, api, writes, identity, outbox, policy: policy().proactive, now: () => workspace.clock.now() }
}
