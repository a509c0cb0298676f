import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { AccountRow } from '#contract/accounts.ts'
import type { IssueRecord } from '#contract/issues.ts'
import { useNow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Pill } from '../../ui/pill.tsx'
import { ago } from '../../ui/time-words.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { IssueChanges } from './issue-changes.tsx'
import { IssueText } from './issue-text.tsx'
import type { GitlabWriting } from './use-gitlab-writing.ts'
import styles from './accounts-screen.module.css'

/** One issue or epic of an account: what it is, how it stands, and its text and what can be done to it when it is opened. */
export function IssueRow(props: {
  readonly issue: IssueRecord
  readonly account: AccountRow
  readonly writing: GitlabWriting
}) {
  const { issue, account, writing } = props
  const now = useNow()
  const openExternal = useOpenExternal()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li className={styles.issue}>
      <button type="button" className={styles.title} title="Open in GitLab" onClick={() => openExternal(issue.url)}>
        {issue.title}
      </button>
      {issue.kind === 'epic' && <Pill>Epic</Pill>}
      {account.relation === 'covering' && <Pill>Not yours</Pill>}
      {issue.confidential && <Pill icon="lock">Confidential</Pill>}
      <Fate issue={issue} />
      <Button
        className={styles.read}
        aria-expanded={isOpen}
        aria-label={`${isOpen ? 'Hide' : 'Read'} ${issue.title}`}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? 'Hide' : 'Read'}
      </Button>
      <span className={classNames(styles.soft, styles.about)} title={issue.reference}>
        {shortReference(issue, account)} · {issue.assignees.join(', ') || 'Nobody assigned'}
        {issue.tasksTotal > 0 && ` · ${issue.tasksDone} of ${issue.tasksTotal} tasks`}
        {issue.dueDate && ` · due ${issue.dueDate}`} · last activity {ago(issue.lastActivityAt, now)}
      </span>
      {issue.ticketIds.map((id) => (
        <Link key={id} to="/today/ticket/$ticketId" params={{ ticketId: String(id) }} className={styles.soft}>
          Ticket {id}
        </Link>
      ))}
      {isOpen && <IssueText issue={issue} accountLabel={account.label} writing={writing} />}
      <IssueChanges issue={issue} />
    </li>
  )
}

/** Its number, with the part of the path that the account’s own group or project does not say already. */
function shortReference({ reference }: IssueRecord, { gitlabGroup }: AccountRow): string {
  const own = gitlabGroup?.toLowerCase() ?? ''
  if (own === '' || !reference.toLowerCase().startsWith(own)) return reference
  const rest = reference.slice(own.length)
  if (/^[#&]/.test(rest)) return rest
  return rest.startsWith('/') ? rest.slice(1) : reference
}

/** Why it is in the account's list no more. */
function Fate({ issue }: { readonly issue: IssueRecord }) {
  switch (issue.fate) {
    case 'unlabelled':
      return <Pill>Without the account’s label</Pill>
    case 'moved':
      return <Pill>Moved{issue.movedTo ? ` to ${issue.movedTo.reference}` : ''}</Pill>
    case 'out-of-sight':
      return <Pill>Out of sight in GitLab</Pill>
    case null:
      return issue.state === 'opened' ? null : <Pill icon="check">Closed</Pill>
  }
}
