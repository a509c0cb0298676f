import { seenByOthersWords } from '#core/outbox/work-failure-words.ts'
import { storeProject } from '../../db/gitlab-projects.ts'
import type { WorkRow } from '../../db/outbox.ts'
import { transaction } from '../../db/sql.ts'
import { whoSees } from '../../gitlab/known-projects.ts'
import type { GitlabWork } from './gitlab-work.ts'

/**
 * Why a change is not handed over that was shown as for colleagues only: customers would see it by now, in words. The project is asked
 * anew, since it may have been made public or moved to a customer's group. Null: it may go.
 *
 * @throws {RemoteFailure} when the project could not be looked at.
 */
export async function seenByOthers({ db, writes, clock }: GitlabWork, row: WorkRow): Promise<string | null> {
  // Nobody is ever shown what somebody is subscribed to.
  if (row.customerSees.visible || row.wish.kind === 'subscribe-label') return null
  const project = await writes.project(row.wish.projectId)
  transaction(db, () => storeProject(db, project, clock.now()))
  const { visible, words } = whoSees(db, project)
  return visible ? seenByOthersWords(words) : null
}
