import { useRef, useState } from 'react'
import type { IssueRecord } from '#contract/issues.ts'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { labelsIn, labelsProblem } from './typed-labels.ts'
import styles from '../../ui/change-dialog.module.css'

/** Adds labels to an issue and takes some away. */
export function LabelsDialog(props: {
  readonly issue: IssueRecord
  /** Without this one it leaves its account's list. */
  readonly accountLabel: string | null
  readonly onClose: () => void
}) {
  const { issue, accountLabel, onClose } = props
  const { projectId, iid } = issue
  // What was begun stays what it was when the issue changes under it.
  const [labels] = useState(issue.labels)
  const [text, setText] = useState('')
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  const field = useRef<HTMLInputElement>(null)
  const add = labelsIn(text).filter((label) => !labels.includes(label))
  const remove = labels.filter((label) => removed.has(label))
  const problem = labelsProblem(add)
  const toggle = (label: string) =>
    setRemoved((before) => new Set(before.has(label) ? [...before].filter((one) => one !== label) : [...before, label]))
  const leaves = remove.some((label) => label.toLowerCase() === accountLabel?.toLowerCase())
  return (
    <ChangeDialog
      title={`Labels of #${issue.iid} “${issue.title}”`}
      intent={
        problem === undefined && add.length + remove.length > 0
          ? { kind: 'issue-labels', projectId, iid, add, remove }
          : null
      }
      initialFocus={field}
      onClose={onClose}
    >
      <TextField
        ref={field}
        label="Add"
        hint="A comma between two labels."
        problem={problem}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {labels.length > 0 && (
        <fieldset className={styles.tags}>
          <legend>Keep</legend>
          {labels.map((label) => (
            <label key={label} className={styles.tag}>
              <input type="checkbox" checked={!removed.has(label)} onChange={() => toggle(label)} />
              {label}
            </label>
          ))}
        </fieldset>
      )}
      {leaves && <p className={styles.soft}>Without {accountLabel} it leaves the account’s list.</p>}
    </ChangeDialog>
  )
}
