import { useMutation, useQuery } from '@tanstack/react-query'
import type { PlanDetail } from '#contract/plans.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Loading, Problem } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import styles from './plan-screen.module.css'

/** The plan as a text to copy or a file to save, for the Understudy of whoever covers. */
export function HandOverDialog(props: {
  readonly plan: PlanDetail
  /** To hand it over as a GitLab issue instead. */
  readonly onIssue: () => void
  readonly onClose: () => void
}) {
  const { plan, onIssue, onClose } = props
  const { queries } = useWindow()
  const { export: exporting } = queries.procedures.plans
  const markdown = useQuery(
    exporting.queryOptions({ input: { planId: plan.id, as: 'markdown' }, staleTime: 0, gcTime: 0 }),
  )
  const file = useMutation({
    ...exporting.mutationOptions(),
    onSuccess: ({ fileName, text }) => saveFile(fileName, text),
  })
  const { data } = markdown
  return (
    <DialogFrame
      title="Hand the plan over"
      onClose={onClose}
      aside={
        <Button icon="send" onClick={onIssue}>
          As a GitLab issue…
        </Button>
      }
      actions={
        <>
          <Button icon="download" disabled={!data} onClick={() => data && saveFile(data.fileName, data.text)}>
            Save as Markdown
          </Button>
          <Button
            icon="download"
            disabled={file.isPending}
            onClick={() => file.mutate({ planId: plan.id, as: 'file' })}
          >
            Save as a file
          </Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <p>
        As a GitLab issue it goes to your internal project, and what whoever covers sends there is taken in by itself.
        Or send the Markdown or the file: whoever gets it takes it in under Coverage, and what they answer or change
        comes back the same way.
      </p>
      <p className={styles.soft}>It names accounts, people and times, and nothing of any ticket.</p>
      {data ? (
        <Copyable name="plan as Markdown" text={data.text} />
      ) : markdown.error ? null : (
        <Loading what="Writing it…" />
      )}
      <Problem error={markdown.error ?? file.error} />
    </DialogFrame>
  )
}
