import { useState } from 'react'
import type { PlanDetail } from '#contract/plans.ts'
import { AnswerForm } from './answer-form.tsx'
import { BothZones } from '../../ui/both-zones.tsx'
import { WhatIf } from './what-if.tsx'
import styles from './plan-screen.module.css'

/** What is asked of me: first what saying yes would mean, then my answer to each. */
export function AnswerRequests({ plan }: { readonly plan: PlanDetail }) {
  const asked = plan.entries.filter(({ mine, request }) => mine && request.state === 'asked')
  const [left, setLeft] = useState<readonly string[]>([])
  if (asked.length === 0) return null
  const chosen = asked.filter(({ id }) => !left.includes(id))
  const toggle = (id: string, on: boolean) => setLeft(on ? left.filter((other) => other !== id) : [...left, id])
  return (
    <section aria-labelledby="asked" className={styles.asked}>
      <h2 id="asked">
        {plan.own ? 'You are asked' : `${plan.aseName} asks you`} to cover{' '}
        {asked.length === 1 ? asked[0]?.accountName : `${asked.length} accounts`}
      </h2>
      {asked.length > 1 && (
        <fieldset className={styles.checks}>
          <legend>What it would mean if you said yes to</legend>
          {asked.map(({ id, accountName }) => (
            <label key={id} className={styles.check}>
              <input
                type="checkbox"
                checked={!left.includes(id)}
                onChange={(event) => toggle(id, event.target.checked)}
              />
              {accountName}
            </label>
          ))}
        </fieldset>
      )}
      {chosen.length > 0 && (
        <WhatIf windows={chosen.map(({ accountId, startsAt, endsAt }) => ({ accountId, startsAt, endsAt }))} />
      )}
      <ul className={styles.entries}>
        {asked.map((entry) => (
          <li key={entry.id} className={styles.entry}>
            <h3>{entry.accountName}</h3>
            <BothZones startsAt={entry.startsAt} endsAt={entry.endsAt} timeZone={plan.aseTimeZone} />
            <AnswerForm plan={plan} entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  )
}
