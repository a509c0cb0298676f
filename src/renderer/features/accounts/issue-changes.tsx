import type { AccountRow } from '#contract/accounts.ts'
import type { IssueRecord } from '#contract/issues.ts'
import { TargetChanges } from '../../ui/target-changes.tsx'

/** The changes to one issue that are on their way, need a person, or were settled just now. */
export function IssueChanges({ issue }: { readonly issue: IssueRecord }) {
  if (issue.kind === 'epic') return null
  return (
    <TargetChanges
      quiet
      target={issue.title}
      isAbout={(intent) => 'iid' in intent && intent.projectId === issue.projectId && intent.iid === issue.iid}
    />
  )
}

/** New issues of an account that are on their way: those with its label, and those in projects it has issues in. */
export function NewIssueChanges(props: { readonly account: AccountRow; readonly issues: readonly IssueRecord[] }) {
  const { account, issues } = props
  const projects = new Set(issues.filter(({ kind }) => kind === 'issue').map(({ projectId }) => projectId))
  const label = account.label?.toLowerCase()
  return (
    <TargetChanges
      withTarget
      target={`the issues of ${account.name}`}
      isAbout={(intent) =>
        intent.kind === 'create-issue' &&
        (projects.has(intent.projectId) || intent.labels.some((one) => one.toLowerCase() === label))
      }
    />
  )
}
