import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { PlanDetail } from '#contract/plans.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Problem } from '../../ui/notice.tsx'
import { CloseIssueDialog } from '../../ui/issue-standing.tsx'
import { SendIssueDialog } from '../../ui/send-issue-dialog.tsx'
import { useUndo } from '../../ui/use-undo.ts'
import { useExchangedPlan } from './use-plan-exchange.ts'

/** Takes a plan away; it can be brought back. */
export function DeletePlan({ plan }: { readonly plan: PlanDetail }) {
  const { queries, connection } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const offerUndo = useUndo()
  const one = useExchangedPlan(plan.id)
  const connected = useConnectionStatus() === 'open'
  const again = () =>
    Promise.all(
      [queries.procedures.plans, queries.procedures.coverage].map((area) =>
        queryClient.invalidateQueries({ queryKey: area.key() }),
      ),
    )
  const leave = async () => {
    await navigate({ to: '/coverage' })
    queryClient.removeQueries({ queryKey: queries.plan(plan.id).queryKey })
    offerUndo(
      plan.own ? 'The plan for your absence is deleted' : `The plan for ${plan.aseName} is deleted`,
      async () => {
        await connection.client.plans.restore({ planId: plan.id })
        await again()
        await navigate({ to: '/coverage/plans/$planId', params: { planId: plan.id } })
      },
    )
    await again()
  }
  const [step, setStep] = useState<'asking' | 'deleting-to-tell' | 'telling' | undefined>(undefined)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.remove.mutationOptions(),
    onSuccess: () => (step === 'deleting-to-tell' ? setStep('telling') : leave()),
  })
  const { data: issue } = useQuery({ ...queries.planIssue(plan.id), select: (standing) => standing.issue })
  const remove = () => mutate({ planId: plan.id })
  return (
    <>
      <Button
        icon="trash"
        disabled={!connected || isPending}
        title="Its coverages go with it. It can be brought back."
        onClick={issue?.state === 'opened' ? () => setStep('asking') : remove}
      >
        {isPending ? 'Deleting…' : 'Delete'}
      </Button>
      {issue && (step === 'asking' || step === 'deleting-to-tell') ? (
        <WithIssueDialog
          issue={issue}
          error={error}
          locked={!connected || isPending}
          onDelete={() => {
            setStep('asking')
            remove()
          }}
          onTell={() => {
            setStep('deleting-to-tell')
            remove()
          }}
          onClose={() => setStep(undefined)}
        />
      ) : (
        <Problem error={error} />
      )}
      {step === 'telling' && <SendIssueDialog one={one} onClose={() => void leave()} />}
    </>
  )
}

/** The issue of a plan stays open unless a person closes it, and others go by what it says. */
function WithIssueDialog(props: {
  readonly issue: Parameters<typeof CloseIssueDialog>[0]['issue']
  readonly error: Error | null
  readonly locked: boolean
  readonly onDelete: () => void
  /** Deletes it, and then shows what to send to the issue. */
  readonly onTell: () => void
  readonly onClose: () => void
}) {
  const { issue, error, locked, onDelete, onTell, onClose } = props
  const [closing, setClosing] = useState(false)
  return (
    <DialogFrame
      title="Delete the plan"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button icon="trash" disabled={locked} onClick={onDelete}>
            Delete here only
          </Button>
          <Button look="primary" icon="trash" disabled={locked} onClick={onTell}>
            Delete and say so…
          </Button>
        </>
      }
    >
      <p>
        The plan is in {issue.reference}, where whoever covers reads it. “Delete and say so” tells them there that
        nobody needs to cover, after showing you what is sent. Deleted here only, it still stands there.
      </p>
      <p>The issue stays open unless you close it.</p>
      <div>
        <Button onClick={() => setClosing(true)}>Close the issue first…</Button>
      </div>
      <Problem error={error} />
      {closing && <CloseIssueDialog issue={issue} onClose={() => setClosing(false)} />}
    </DialogFrame>
  )
}
