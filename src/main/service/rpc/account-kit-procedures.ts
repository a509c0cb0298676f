import type { AccountKit } from '#contract/account-kit.ts'
import { noteKit } from '../db/desks.ts'
import { lookAtKit, type KitSource } from '../kit/look-at-kit.ts'
import { Refusal } from '../refusal.ts'
import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** What accounts' projects in GitLab have and lack. */
export function accountKitProcedures(deps: RouterDeps) {
  return {
    accountKits: {
      look: os.accountKits.look.handler(({ input, errors }) =>
        answering(errors, async () => {
          const kit = await lookAtKit(sourceOf(deps), input)
          remember(deps, kit)
          return kit
        }),
      ),
    },
  }
}

/** Keeps what was seen, so that taking over an account knows without asking GitLab again. */
function remember({ session, hub }: RouterDeps, { accountId, project, steps, asOf }: AccountKit): void {
  if (!project) return
  const missing = steps.filter(({ state }) => state !== 'done').map(({ id }) => id)
  noteKit(session().db, accountId, { at: asOf, project: project.path, missing })
  hub.publish('desks', [accountId])
}

function sourceOf({ session, policy }: RouterDeps): KitSource {
  const { db, sources, outbox, workspace } = session()
  if (!sources) throw new Refusal('refused', 'Nothing is connected here, so GitLab cannot be asked.')
  const { gitlab } = sources
  if (!gitlab) throw new Refusal('refused', 'No GitLab is connected here. Connect one in Settings first.')
  const { api, writes, identity } = gitlab
  return { db, api, writes, identity, outbox, policy: policy().proactive, now: () => workspace.clock.now() }
}
