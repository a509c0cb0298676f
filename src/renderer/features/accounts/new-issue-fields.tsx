import type { ReactNode, Ref } from 'react'
import type { AccountRow } from '#contract/accounts.ts'
import { CheckField } from '../../ui/check-field.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { longestTitle, type NewIssueValues } from './new-issue-draft.ts'
import { labelsIn, labelsProblem } from './typed-labels.ts'
import type { GitlabWriting } from './use-gitlab-writing.ts'
import styles from './issues.module.css'

/** Letters a description may have at most. */
const longestText = 200_000

/** What is said of a new issue. */
export function NewIssueFields(props: {
  readonly account: AccountRow
  readonly values: NewIssueValues
  readonly change: (part: Partial<NewIssueValues>) => void
  readonly me: GitlabWriting['me']
  readonly title: Ref<HTMLInputElement>
  /** The choice of the project, which comes after the title. */
  readonly children: ReactNode
}) {
  const { account, values, change, me, title, children } = props
  return (
    <>
      <TextField
        ref={title}
        label="Title"
        maxLength={longestTitle}
        spellCheck
        value={values.title}
        onChange={(event) => change({ title: event.target.value })}
      />
      {children}
      <TextArea
        label="Description"
        rows={4}
        hint="Markdown. A line that begins with “- [ ]” becomes a task. Kept as a draft while you write."
        maxLength={longestText}
        value={values.description}
        onChange={(event) => change({ description: event.target.value })}
      />
      <LabelsAndDay account={account} values={values} change={change} />
      {me && (
        <CheckField
          label={`Assign it to me (${me.name})`}
          checked={values.toMe}
          onChange={(toMe) => change({ toMe })}
        />
      )}
      <CheckField
        label="Confidential"
        hint="GitLab hides it from guests of the project. Customers who are members there with a higher role see it."
        checked={values.confidential}
        onChange={(confidential) => change({ confidential })}
      />
    </>
  )
}

function LabelsAndDay(props: Pick<Parameters<typeof NewIssueFields>[0], 'account' | 'values' | 'change'>) {
  const { account, values, change } = props
  return (
    <div className={styles.pair}>
      <TextField
        label="Labels"
        hint={
          account.label
            ? `A comma between two. Without ${account.label} it is not in the account’s list.`
            : 'A comma between two.'
        }
        problem={labelsProblem(labelsIn(values.labels))}
        value={values.labels}
        onChange={(event) => change({ labels: event.target.value })}
      />
      <TextField
        type="date"
        label="Due"
        hint="May stay empty."
        value={values.dueDate}
        onChange={(event) => change({ dueDate: event.target.value })}
      />
    </div>
  )
}
