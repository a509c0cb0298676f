import type { WorkIntent } from '#contract/work-intent.ts'
import { callTemplate } from '#core/issues/call-template.ts'
import type { ProactivePolicy } from '#core/policy/policy.ts'

/** The kinds of change that set a project up. */
export type KitIntent = Extract<
  WorkIntent,
  { readonly kind: 'create-label' | 'subscribe-label' | 'create-board' | 'file-change' }
>

/** What a project is set up for. */
export interface KitSubject {
  readonly projectId: number
  readonly accountName: string
  readonly label: string
}

/** A calm blue of GitLab's own palette. */
const labelColor = '#6699cc'

/** The label of the account's proactive work. */
export function labelIntent({ projectId, label }: KitSubject): KitIntent {
  const description = 'Work to which the Assigned Support Engineer contributes.'
  return { kind: 'create-label', projectId, name: label, color: labelColor, description }
}

/** Hearing of whatever carries the label. */
export function subscriptionIntent({ projectId, label }: KitSubject): KitIntent {
  return { kind: 'subscribe-label', projectId, name: label }
}

/** A board that shows only the label, named after it. */
export function boardIntent({ projectId, label }: KitSubject): KitIntent {
  return { kind: 'create-board', projectId, name: label, label }
}

/** The issue template for calls. */
export function templateIntent(
  { projectId, accountName, label }: KitSubject,
  policy: ProactivePolicy,
  by: 'commit' | 'merge-request',
): KitIntent {
  const { path, content } = callTemplate(policy, { account: accountName, label })
  const description = `An issue template for calls that are not about tickets: how to name the issue, agenda, notes, decisions and action items. It puts the label ~"${label}" on the issue.`
  return {
    kind: 'file-change',
    projectId,
    path,
    content,
    by,
    title: 'Add an issue template for calls',
    description,
    assigneeIds: [],
  }
}

/** Whether two changes are about the same part of a project, so that one of them is enough. */
export function sameKitMatter(one: KitIntent, other: KitIntent): boolean {
  if (one.projectId !== other.projectId) return false
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  switch (one.kind) {
    case 'create-label':
    case 'subscribe-label':
      return other.kind === one.kind && isSame(one.name, other.name)
    case 'create-board':
      return other.kind === one.kind && isSame(one.label, other.label)
    case 'file-change':
      return other.kind === one.kind && one.path === other.path
  }
}
