import { useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { AccountRow } from '#contract/accounts.ts'
import type { IssueRecord } from '#contract/issues.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import type { WorkProject } from '#contract/work-project.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { emptyNewIssue, newIssueKey, type NewIssueValues } from './new-issue-draft.ts'
import { NewIssueFields } from './new-issue-fields.tsx'
import { ProjectField } from './project-field.tsx'
import { labelsIn, labelsProblem } from './typed-labels.ts'
import { useFormDraft } from './use-form-draft.ts'
import { useGitlabWriting } from './use-gitlab-writing.ts'

/** Writes a new issue of an account. What is typed outlives the dialog and the window until it is sent. */
export function NewIssueDialog(props: {
  readonly account: AccountRow
  readonly onSent?: () => void
  readonly onClose: () => void
}) {
  const { account, onSent, onClose } = props
  const { queries } = useWindow()
  const { me } = useGitlabWriting()
  const draft = useFormDraft(newIssueKey(useWorkspaceName(), account.id), emptyNewIssue(account))
  const { values, change } = draft
  const projects = useQuery(queries.workProjects(account.id))
  const { data: usual } = useQuery({ ...queries.issues(account.id), select: ({ issues }) => usualProject(issues) })
  const project = chosenProject(values, projects.data?.projects ?? [], account, usual)
  const field = useRef<HTMLInputElement>(null)
  const outcome = intentOf(values, project, me?.id)
  return (
    <ChangeDialog
      title={`New issue of ${account.name}`}
      {...(typeof outcome === 'string' ? { intent: null, missing: outcome } : { intent: outcome })}
      initialFocus={field}
      onSent={() => {
        draft.drop()
        onSent?.()
      }}
      onClose={onClose}
    >
      <NewIssueFields account={account} values={values} change={change} me={me} title={field}>
        <ProjectField
          account={account}
          projects={projects}
          project={project}
          onChange={(projectId) => change({ projectId })}
        />
      </NewIssueFields>
    </ChangeDialog>
  )
}

/** The one chosen by hand; else the account’s own, the only one there is, or the one that most of its open issues lie in. */
function chosenProject(
  { projectId }: NewIssueValues,
  projects: readonly WorkProject[],
  { gitlabGroup }: AccountRow,
  usualId: number | undefined,
): WorkProject | undefined {
  const writable = projects.filter(({ mayWrite }) => mayWrite !== false)
  return (
    projects.find(({ id }) => String(id) === projectId) ??
    writable.find(({ id, path }) => [path.toLowerCase(), String(id)].includes(gitlabGroup?.toLowerCase() ?? '')) ??
    (writable.length === 1 ? writable[0] : writable.find(({ id }) => id === usualId))
  )
}

function usualProject(issues: readonly IssueRecord[]): number | undefined {
  const found = Map.groupBy(
    issues.filter(({ kind }) => kind === 'issue'),
    ({ projectId }) => projectId,
  )
  return [...found].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0]
}

/** The change that a form means, or in words what it lacks. */
function intentOf(
  values: NewIssueValues,
  project: WorkProject | undefined,
  meId: number | undefined,
): WorkIntent | string {
  const title = values.title.trim()
  const labels = labelsIn(values.labels)
  if (title === '') return 'Give it a title; what is sent and who sees it is shown here first.'
  if (!project) return 'Choose the project; what is sent and who sees it is shown here first.'
  if (labelsProblem(labels) !== undefined) return 'Change the labels first.'
  return {
    kind: 'create-issue',
    projectId: project.id,
    title,
    description: values.description.trim(),
    labels,
    assigneeIds: values.toMe && meId !== undefined ? [meId] : [],
    confidential: values.confidential,
    dueDate: values.dueDate || null,
  }
}
