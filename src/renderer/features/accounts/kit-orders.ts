import type { AccountKit, KitStep } from '#contract/account-kit.ts'
import type { AccountRow } from '#contract/accounts.ts'
import type { OutboxEntry, WriteIntent } from '#contract/outbox.ts'
import { isSettled } from '../../ui/change-words.ts'

/** The part of a project that a kind of change makes. */
const stepOf: Partial<Record<WriteIntent['kind'], KitStep['id']>> = {
  'create-label': 'label',
  'subscribe-label': 'subscription',
  'create-board': 'board',
  'file-change': 'template',
}

/**
 * The latest order of a part of a project while it says more than the part: it is not settled, or it was made from this dialog and
 * the part was not looked at since.
 */
export function entryOf(
  step: KitStep,
  projectId: number | undefined,
  entries: readonly OutboxEntry[],
  orderedIds: readonly number[],
): OutboxEntry | undefined {
  if (step.state === 'done') return undefined
  const latest = entries.find(
    ({ intent }) => 'projectId' in intent && intent.projectId === projectId && stepOf[intent.kind] === step.id,
  )
  if (!latest || !isSettled(latest)) return latest
  const isNews = latest.state === 'verified' && step.state === 'missing' && orderedIds.includes(latest.id)
  return isNews ? latest : undefined
}

/** What the account is to be told of its project: a label or a place that it does not have. */
export function newLinks(
  account: Pick<AccountRow, 'label' | 'gitlabGroup'>,
  { label, project }: AccountKit,
  place: string | undefined,
): { readonly label?: string; readonly gitlabGroup?: string } {
  if (!project) return {}
  const gitlabGroup = place ?? account.gitlabGroup ?? project.path
  return {
    ...(label.name === account.label ? {} : { label: label.name }),
    ...(gitlabGroup === account.gitlabGroup ? {} : { gitlabGroup }),
  }
}
