import type { WorkWish } from '#core/outbox/work-wish.ts'
import type { GitlabLabel } from '../../gitlab/gitlab-writes.ts'
import { findLabel } from './find-label.ts'
import type { GitlabWork, RowOf, WorkStep } from './gitlab-work.ts'

/** What is to be done next about a new label. One that is there in any casing, in the project or a group above it, is left as it is. */
export async function nextOfNewLabel(
  work: GitlabWork,
  row: RowOf<Extract<WorkWish, { kind: 'create-label' }>>,
): Promise<WorkStep> {
  const { projectId, name, color, description } = row.wish
  const label = await findLabel(work, projectId, name)
  if (label)
    return { kind: 'verified', words: row.before.shown === true ? null : thereWords(label, name, row.sendingAt) }
  if (row.state === 'sent') return { kind: 'unseen' }
  return {
    kind: 'send',
    stamp: work.clock.now(),
    // Somebody may have made it just now.
    looksAgain: true,
    async call() {
      await work.writes.createLabel(projectId, { name, color, description })
      return { done: true, before: { shown: true } }
    },
  }
}

function thereWords({ name, isProjectLabel }: GitlabLabel, wanted: string, sendingAt: number | null): string | null {
  const where = isProjectLabel ? '' : ', as a label of a group above the project'
  if (name !== wanted) return `It was there already, spelt “${name}”${where}. It was left as it is.`
  return sendingAt === null || !isProjectLabel ? `It was there already${where}.` : null
}

/** What is to be done next about a subscription to a label. */
export async function nextOfSubscription(
  work: GitlabWork,
  row: RowOf<Extract<WorkWish, { kind: 'subscribe-label' }>>,
): Promise<WorkStep> {
  const { projectId, name } = row.wish
  const label = await findLabel(work, projectId, name)
  if (!label) return { kind: 'failed', words: missingLabelWords(name) }
  if (label.subscribed) {
    return { kind: 'verified', words: row.sendingAt === null ? 'You were subscribed to it already.' : null }
  }
  if (row.state === 'sent') return { kind: 'unseen' }
  return {
    kind: 'send',
    stamp: work.clock.now(),
    async call() {
      await work.writes.subscribeLabel(projectId, label.id)
      return { done: true, before: {} }
    },
  }
}

/** Why something of a label cannot be made. */
export function missingLabelWords(name: string): string {
  return `There is no label “${name}” in this project. Make the label first, then try again.`
}
