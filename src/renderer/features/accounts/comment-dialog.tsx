import { useRef } from 'react'
import type { IssueRecord } from '#contract/issues.ts'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { CheckField } from '../../ui/check-field.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useFormDraft } from './use-form-draft.ts'

/** Letters a comment may have at most. */
const longestComment = 200_000

type CommentValues = { readonly body: string; readonly internal: boolean }

/** Writes a comment or an internal note on an issue. What is typed outlives the dialog and the window until it is sent. */
export function CommentDialog(props: {
  readonly issue: IssueRecord
  readonly draftKey: string
  readonly onClose: () => void
}) {
  const { issue, draftKey, onClose } = props
  const { projectId, iid } = issue
  const { values, change, drop } = useFormDraft<CommentValues>(draftKey, { body: '', internal: false })
  const field = useRef<HTMLTextAreaElement>(null)
  const body = values.body.trim()
  return (
    <ChangeDialog
      title={`Comment on #${issue.iid} “${issue.title}”`}
      intent={body === '' ? null : { kind: 'issue-comment', projectId, iid, body, internal: values.internal }}
      missing="Write something; what is sent and who sees it is shown here first."
      initialFocus={field}
      onSent={drop}
      onClose={onClose}
    >
      <TextArea
        ref={field}
        label="Comment"
        hint="Markdown. Kept as a draft while you write."
        maxLength={longestComment}
        value={values.body}
        onChange={(event) => change({ body: event.target.value })}
      />
      <CheckField
        label="As an internal note"
        hint="GitLab hides it from guests of the project. Customers who are members there with a higher role see it."
        checked={values.internal}
        onChange={(internal) => change({ internal })}
      />
    </ChangeDialog>
  )
}
