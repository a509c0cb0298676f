import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AccountRow } from '#contract/accounts.ts'
import type { IssueRecord } from '#contract/issues.ts'
import { useNow, useWindow } from '../../api/window-context.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ago } from '../../ui/time-words.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import styles from './accounts-screen.module.css'
import { IssueText } from './issue-text.tsx'

/** Open labelled issues and epics of an account. While it is covered they are the ASE's (rule 3: covering means tickets only). */
export function AccountIssues({ account }: { readonly account: AccountRow }) {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.issues(account.id))
  if (error && !data) {
    return <ErrorNotice what="The issues could not be read" error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Loading what="Reading the issues…" />
  if (data.issues.length === 0) {
    return (
      <p className={styles.soft}>
        {account.label ? `No open issue or epic has the label ${account.label}.` : 'No label is set.'}
      </p>
    )
  }
  const covered = account.relation === 'covering'
  return (
    <>
      {covered && (
        <p className={styles.rule}>
          <Icon name="info" size={14} />
          Not yours while covering: proactive issues stay with {account.aseName ?? 'the ASE'}.
        </p>
      )}
      <ul className={styles.list}>
        {data.issues.map((issue) => (
          <Issue key={`${issue.kind} ${issue.projectId} ${issue.iid}`} issue={issue} covered={covered} />
        ))}
      </ul>
      {data.total > data.issues.length && (
        <p className={styles.soft}>
          The {data.issues.length} last changed of {data.total} are shown.
        </p>
      )}
    </>
  )
}

function Issue({ issue, covered }: { readonly issue: IssueRecord; readonly covered: boolean }) {
  const now = useNow()
  const openExternal = useOpenExternal()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li className={styles.issue}>
      <button type="button" className={styles.title} title="Open in GitLab" onClick={() => openExternal(issue.url)}>
        {issue.title}
      </button>
      {issue.kind === 'epic' && <Pill>Epic</Pill>}
      {covered && <Pill>Not yours</Pill>}
      {issue.confidential && <Pill icon="lock">Confidential</Pill>}
      <span className={styles.soft}>
        {issue.reference} · {issue.assignees.join(', ') || 'Nobody assigned'}
        {issue.tasksTotal > 0 && ` · ${issue.tasksDone} of ${issue.tasksTotal} tasks`}
        {issue.dueDate && ` · due ${issue.dueDate}`} · last activity {ago(issue.lastActivityAt, now)}
      </span>
      {issue.ticketIds.map((id) => (
        <Link key={id} to="/today/ticket/$ticketId" params={{ ticketId: String(id) }} className={styles.soft}>
          Ticket {id}
        </Link>
      ))}
      <button
        type="button"
        aria-expanded={isOpen}
        aria-label={`${isOpen ? 'Hide' : 'Read'} ${issue.title}`}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? 'Hide' : 'Read'}
      </button>
      {isOpen && <IssueText issue={issue} />}
    </li>
  )
}
