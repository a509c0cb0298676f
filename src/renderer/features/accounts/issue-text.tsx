import { useQuery } from '@tanstack/react-query'
import type { IssueRecord } from '#contract/issues.ts'
import { useNow, useWindow } from '../../api/window-context.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ago } from '../../ui/time-words.ts'
import { IssueActions } from './issue-actions.tsx'
import { IssueBody } from './issue-body.tsx'
import type { GitlabWriting } from './use-gitlab-writing.ts'
import styles from './accounts-screen.module.css'

/**
 * What stands in an issue or epic and what was written on it, as plain text: Markdown of strangers is not rendered. With it comes what
 * can be done to it.
 */
export function IssueText(props: {
  readonly issue: IssueRecord
  readonly accountLabel: string | null
  readonly writing: GitlabWriting
}) {
  const { issue, accountLabel, writing } = props
  const { queries } = useWindow()
  const now = useNow()
  const { data, error, refetch } = useQuery(queries.issue(issue))
  if (error && !data) {
    return <ErrorNotice what="It could not be read" error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Loading what="Reading it…" />
  const isWritable = issue.kind === 'issue' && issue.fate === null && writing.possible
  return (
    <div className={styles.record}>
      <IssueActions issue={issue} accountLabel={accountLabel} writing={writing} />
      {issue.kind === 'epic' && <p className={styles.soft}>An epic is read here and changed in GitLab.</p>}
      <IssueBody issue={issue} description={data.description} possible={isWritable} />
      {data.notes.map((note) => (
        <div key={note.id}>
          <span className={styles.soft}>
            {note.author} · {ago(note.createdAt, now)}
          </span>{' '}
          {note.internal ? (
            <Pill tone="caution">Internal: members of the project see it</Pill>
          ) : (
            <Pill tone="caution">The customer sees it</Pill>
          )}
          <p className={styles.note}>{note.text}</p>
        </div>
      ))}
      {data.notes.length === 0 && <p className={styles.soft}>No comment is stored.</p>}
    </div>
  )
}
