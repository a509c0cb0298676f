import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { PlanDetail } from '#contract/plans.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { SendIssueDialog } from '../../ui/send-issue-dialog.tsx'
import { AnswerRequests } from './answer-requests.tsx'
import { DeletePlan } from './delete-plan.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { PlanAbsence } from './plan-absence.tsx'
import { PlanAsk } from './plan-ask.tsx'
import { PlanChecklist } from './plan-checklist.tsx'
import { PlanConflicts } from './plan-conflicts.tsx'
import { PlanCovers } from './plan-covers.tsx'
import { PlanIssue } from './plan-issue.tsx'
import { handsWords } from './plan-words.ts'
import { useExchangedPlan } from './use-plan-exchange.ts'
import styles from './plan-screen.module.css'

/** One plan: when somebody is away, who covers what, what is missing, and what is asked of whom. */
export function PlanScreen() {
  const { planId } = useParams({ from: '/coverage/plans/$planId' })
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.plan(planId))
  const back = <Link to="/coverage">Back to Coverage</Link>
  if (data) return <ThePlan key={data.id} plan={data} back={back} />
  const gone = error && 'code' in error && error.code === 'NOT_FOUND'
  return (
    <Screen title="Plan" about={back}>
      {gone ? (
        <EmptyState icon="coverage" title="This plan is not here">
          <p>It was deleted, or it belongs to another workspace. Coverage lists the plans there are.</p>
        </EmptyState>
      ) : error ? (
        <ErrorNotice what="The plan could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the plan…" />
      )}
    </Screen>
  )
}

function ThePlan({ plan, back }: { readonly plan: PlanDetail; readonly back: React.ReactNode }) {
  const [open, setOpen] = useState<'hand-over' | 'issue' | 'import' | undefined>(undefined)
  const close = () => setOpen(undefined)
  const one = useExchangedPlan(plan.id)
  const hands = handsWords(plan)
  return (
    <Screen
      title={plan.own ? 'Your absence' : `${plan.aseName} away`}
      about={back}
      actions={
        <div className={styles.buttons}>
          <Button icon="handoff" onClick={() => setOpen('hand-over')}>
            Hand over…
          </Button>
          <Button icon="download" onClick={() => setOpen('import')}>
            Take in changes…
          </Button>
          <DeletePlan plan={plan} />
        </div>
      }
    >
      <div className={styles.body}>
        <p className={styles.hands} data-settled={hands.settled}>
          <Icon name={hands.settled ? 'check' : 'info'} size={14} />
          <span>
            <strong>{hands.lead}</strong> {hands.words}
          </span>
        </p>
        <PlanConflicts plan={plan} />
        <AnswerRequests plan={plan} />
        <div className={styles.columns}>
          <div className={styles.main}>
            <PlanAbsence plan={plan} />
            <PlanCovers plan={plan} />
            <PlanAsk plan={plan} />
          </div>
          <div className={styles.side}>
            <PlanIssue planId={plan.id} />
            <PlanChecklist plan={plan} />
            <Pod pod={plan.pod} />
          </div>
        </div>
      </div>
      {open === 'hand-over' && <HandOverDialog plan={plan} onIssue={() => setOpen('issue')} onClose={close} />}
      {open === 'issue' && <SendIssueDialog one={one} onClose={close} />}
      {open === 'import' && <ImportDialog exchange={one} onClose={close} />}
    </Screen>
  )
}

/** What to do before booking where a pod shares the coverage. */
function Pod({ pod }: Pick<PlanDetail, 'pod'>) {
  if (!pod) return null
  return (
    <section aria-labelledby="pod">
      <h2 id="pod">Your coverage pod</h2>
      <p>
        <strong>{pod.out === 1 ? '1 of it is out.' : `${pod.out} of it are out.`}</strong> {pod.words}
      </p>
      <p>{pod.volunteerWords}</p>
      <p className={styles.soft}>{pod.source}</p>
    </section>
  )
}
