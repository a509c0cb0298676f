import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccountRow } from '#contract/accounts.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { NewIssueChanges } from './issue-changes.tsx'
import { IssueRow } from './issue-row.tsx'
import { newIssueKey } from './new-issue-draft.ts'
import { NewIssueDialog } from './new-issue-dialog.tsx'
import { PlaceWorkDialog } from './place-work-dialog.tsx'
import { type GitlabWriting, useGitlabWriting } from './use-gitlab-writing.ts'
import styles from './accounts-screen.module.css'
import issueStyles from './issues.module.css'

type Shown = 'opened' | 'closed'

/** Labelled issues and epics of an account, and what can be done to them. While it is covered they are the ASE's: covering means tickets only. */
export function AccountIssues({ account }: { readonly account: AccountRow }) {
  const writing = useGitlabWriting()
  const [shown, setShown] = useState<Shown>('opened')
  return (
    <>
      <IssueBar account={account} writing={writing} shown={shown} onShow={setShown} />
      {account.relation === 'covering' && (
        <p className={styles.rule}>
          <Icon name="info" size={14} />
          Not yours while covering: proactive issues stay with {account.aseName ?? 'the ASE'}.
        </p>
      )}
      {writing.why !== undefined && (
        <p className={styles.rule}>
          <Icon name="lock" size={14} />
          {writing.why}
        </p>
      )}
      <IssueList account={account} writing={writing} shown={shown} />
    </>
  )
}

/** What can be begun for the account, and which of its issues are shown. */
function IssueBar(props: {
  readonly account: AccountRow
  readonly writing: GitlabWriting
  readonly shown: Shown
  readonly onShow: (shown: Shown) => void
}) {
  const { account, writing, shown, onShow } = props
  const { drafts } = useWindow()
  const workspace = useWorkspaceName()
  const [open, setOpen] = useState<'new' | 'place' | undefined>(undefined)
  const close = () => setOpen(undefined)
  return (
    <div role="group" aria-label={`Proactive work of ${account.name}`} className={issueStyles.bar}>
      <Button icon="plus" disabled={!writing.possible} title={writing.why} onClick={() => setOpen('new')}>
        {drafts.read(newIssueKey(workspace, account.id)) ? 'New issue (draft)…' : 'New issue…'}
      </Button>
      <Button icon="search" title="Key: w" onClick={() => setOpen('place')}>
        Where does this belong?
      </Button>
      <Button onClick={() => onShow(shown === 'opened' ? 'closed' : 'opened')}>
        {shown === 'opened' ? 'Show closed ones' : 'Show open ones'}
      </Button>
      {open === 'new' && <NewIssueDialog account={account} onClose={close} />}
      {open === 'place' && <PlaceWorkDialog account={account} onClose={close} />}
    </div>
  )
}

function IssueList(props: { readonly account: AccountRow; readonly writing: GitlabWriting; readonly shown: Shown }) {
  const { account, writing, shown } = props
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.issues(account.id, shown))
  if (error && !data) {
    return <ErrorNotice what="The issues could not be read" error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Loading what="Reading the issues…" />
  return (
    <>
      <NewIssueChanges account={account} issues={data.issues} />
      {data.issues.length === 0 && <p className={styles.soft}>{noneWords(account, shown)}</p>}
      <ul className={styles.list}>
        {data.issues.map((issue) => (
          <IssueRow
            key={`${issue.kind} ${issue.projectId} ${issue.iid}`}
            issue={issue}
            account={account}
            writing={writing}
          />
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

function noneWords({ label }: AccountRow, shown: Shown): string {
  if (!label) return 'No label is set.'
  return `No ${shown === 'opened' ? 'open' : 'closed'} issue or epic has the label ${label}.`
}
