import { useState } from 'react'
import type { IssueRecord } from '#contract/issues.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { CommentDialog } from './comment-dialog.tsx'
import { LabelsDialog } from './labels-dialog.tsx'
import type { GitlabWriting } from './use-gitlab-writing.ts'
import styles from './issues.module.css'

type ActionKind = 'comment' | 'labels' | 'state'

/** What can be done to an issue. Each leads to a dialog that shows what would be sent; an epic is changed in GitLab. */
export function IssueActions(props: {
  readonly issue: IssueRecord
  readonly accountLabel: string | null
  readonly writing: GitlabWriting
}) {
  const { issue, accountLabel, writing } = props
  const { drafts } = useWindow()
  const workspace = useWorkspaceName()
  const openExternal = useOpenExternal()
  const [open, setOpen] = useState<ActionKind | undefined>(undefined)
  const close = () => setOpen(undefined)
  const draftKey = `comment.${workspace}.${issue.projectId}.${issue.iid}`
  const common = { disabled: !writing.possible, title: writing.why }
  return (
    <div role="group" aria-label={`Actions on ${issue.title}`} className={styles.actions}>
      {issue.kind === 'issue' && issue.fate === null && (
        <>
          <Button icon="edit" {...common} onClick={() => setOpen('comment')}>
            {drafts.read(draftKey) ? 'Comment (draft)…' : 'Comment…'}
          </Button>
          <Button icon="tag" {...common} onClick={() => setOpen('labels')}>
            Labels…
          </Button>
          <Button icon={issue.state === 'opened' ? 'check' : 'return'} {...common} onClick={() => setOpen('state')}>
            {issue.state === 'opened' ? 'Close…' : 'Open again…'}
          </Button>
        </>
      )}
      <Button icon="external" onClick={() => openExternal(issue.url)}>
        Open in GitLab
      </Button>
      {open === 'comment' && <CommentDialog issue={issue} draftKey={draftKey} onClose={close} />}
      {open === 'labels' && <LabelsDialog issue={issue} accountLabel={accountLabel} onClose={close} />}
      {open === 'state' && <StateDialog issue={issue} onClose={close} />}
    </div>
  )
}

function StateDialog({ issue, onClose }: { readonly issue: IssueRecord; readonly onClose: () => void }) {
  // What was begun stays what it was when the issue changes under it.
  const [state] = useState(issue.state === 'opened' ? ('closed' as const) : ('opened' as const))
  const { projectId, iid } = issue
  return (
    <ChangeDialog
      title={`${state === 'closed' ? 'Close' : 'Open again'}: #${issue.iid} “${issue.title}”`}
      intent={{ kind: 'issue-state', projectId, iid, state }}
      onClose={onClose}
    />
  )
}
