import { Fragment, useState } from 'react'
import type { IssueRecord } from '#contract/issues.ts'
import { type TaskLine, taskLines } from '#core/issues/task-lines.ts'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import styles from './issues.module.css'

/**
 * The description of an issue as plain text, with a box where it has a task. Ticking one leads to a dialog that shows what would be sent;
 * the box changes once GitLab has it.
 */
export function IssueBody(props: {
  readonly issue: IssueRecord
  readonly description: string
  /** Whether tasks can be ticked here; those of an epic cannot. */
  readonly possible: boolean
}) {
  const { issue, description, possible } = props
  const [chosen, setChosen] = useState<TaskLine | undefined>(undefined)
  const { projectId, iid } = issue
  return (
    <div className={styles.body}>
      {partsOf(description).map(({ line, text, task, indent }) => (
        <Fragment key={line}>
          {text !== '' && <p>{text}</p>}
          {task && (
            <label className={styles.task} style={{ marginLeft: `${indent}ch` }}>
              <input
                type="checkbox"
                checked={task.done}
                disabled={!possible || task.text === ''}
                onChange={() => setChosen(task)}
              />
              <span>{task.text}</span>
            </label>
          )}
        </Fragment>
      ))}
      {description === '' && <p>It has no description.</p>}
      {chosen && (
        <ChangeDialog
          title={`${chosen.done ? 'Not done' : 'Done'}: ${chosen.text}`}
          intent={{ kind: 'issue-task', projectId, iid, text: chosen.text, nth: chosen.nth, done: !chosen.done }}
          onClose={() => setChosen(undefined)}
        />
      )}
    </div>
  )
}

interface Part {
  /** Where it begins. */
  readonly line: number
  /** What stands before the task. */
  readonly text: string
  readonly task: TaskLine | undefined
  /** How far in the task stands, in letters. */
  readonly indent: number
}

/** A description in parts, each a text and the task that comes after it. */
function partsOf(description: string): Part[] {
  const lines = description.split('\n')
  const tasks = taskLines(description)
  return [...tasks, undefined].map((task, index) => {
    const line = (tasks[index - 1]?.line ?? -1) + 1
    const text = lines.slice(line, task?.line).join('\n')
    const indent = Math.max(0, (lines[task?.line ?? 0] ?? '').search(/\S/))
    return { line, text: tasks.length === 0 ? text : text.replace(/^\n+|\s+$/g, ''), task, indent }
  })
}
