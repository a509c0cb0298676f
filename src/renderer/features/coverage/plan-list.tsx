import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PlanRow } from '#contract/plans.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { BothZones } from '../../ui/both-zones.tsx'
import styles from './coverage-screen.module.css'

/** Every plan: what is asked of me first, then what lacks something, then the rest. */
export function PlanList() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.plans())
  return (
    <section aria-labelledby="plans">
      <h2 id="plans">Plans</h2>
      {data ? (
        <Plans plans={data.plans} />
      ) : error ? (
        <ErrorNotice what="The plans could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the plans…" />
      )}
    </section>
  )
}

function Plans({ plans }: { readonly plans: readonly PlanRow[] }) {
  if (plans.length === 0) {
    return (
      <p className={styles.soft}>
        No absence is planned. Plan one, or take in the plan that somebody handed to you as a file or as text.
      </p>
    )
  }
  const ahead = plans.filter(({ phase }) => phase !== 'past').toSorted((a, b) => urgency(b) - urgency(a))
  const past = plans.filter(({ phase }) => phase === 'past')
  return (
    <>
      {ahead.length === 0 && <p className={styles.soft}>No absence is ahead.</p>}
      <Lines plans={ahead} />
      {past.length > 0 && (
        <details className={styles.past}>
          <summary>{past.length === 1 ? '1 plan that is past' : `${past.length} plans that are past`}</summary>
          <Lines plans={past} />
        </details>
      )}
    </>
  )
}

/** Sorting keeps the service's order among equals. */
function urgency({ askedOfMe, missing }: PlanRow): number {
  return askedOfMe > 0 ? 2 : missing > 0 ? 1 : 0
}

function Lines({ plans }: { readonly plans: readonly PlanRow[] }) {
  return (
    <ul className={styles.list}>
      {plans.map((plan) => (
        <li key={plan.id}>
          <PlanLine plan={plan} />
        </li>
      ))}
    </ul>
  )
}

function PlanLine({ plan }: { readonly plan: PlanRow }) {
  const { aseName, aseTimeZone, own, accounts, startsAt, endsAt } = plan
  return (
    <Link to="/coverage/plans/$planId" params={{ planId: plan.id }} className={styles.plan}>
      <span>
        <strong>{own ? 'Your absence' : `${aseName} away`}</strong>{' '}
        <span className={styles.soft}>{accounts === 1 ? '1 account' : `${accounts} accounts`}</span>
        <br />
        <BothZones startsAt={startsAt} endsAt={endsAt} timeZone={aseTimeZone} />
      </span>
      <span className={styles.pills}>
        {plan.askedOfMe > 0 && (
          <Pill tone="info" icon="hourglass">
            {plan.askedOfMe === 1 ? 'Asks you' : `Asks you ${plan.askedOfMe} times`}
          </Pill>
        )}
        {plan.missing > 0 && (
          <Pill tone="danger" icon="alert">
            {plan.missing} missing
          </Pill>
        )}
        {plan.notAsked > 0 && (
          <Pill tone="caution" icon="edit">
            {plan.notAsked} not asked yet
          </Pill>
        )}
        {plan.notAccepted > 0 && <Pill icon="hourglass">{plan.notAccepted} not accepted</Pill>}
        {isComplete(plan) && (
          <Pill tone="success" icon="check">
            Nothing missing
          </Pill>
        )}
        <PhasePill phase={plan.phase} />
      </span>
    </Link>
  )
}

function isComplete({ missing, askedOfMe, notAsked, notAccepted, phase }: PlanRow): boolean {
  return missing + askedOfMe + notAsked + notAccepted === 0 && phase !== 'past'
}

function PhasePill({ phase }: Pick<PlanRow, 'phase'>) {
  if (phase === 'running') return <Pill tone="success">Running</Pill>
  return phase === 'upcoming' ? <Pill>Upcoming</Pill> : <Pill>Past</Pill>
}
