import { useMutation } from '@tanstack/react-query'
import type { PlanDetail, PlanEntry } from '#contract/plans.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { Problem } from '../../ui/notice.tsx'
import { MailLink } from './mail-link.tsx'
import { askWords } from './plan-words.ts'
import { usePlanKept } from './use-plan-kept.ts'
import styles from './plan-screen.module.css'

/** Who is still to be asked, with a message for each. Understudy sends nothing: it keeps that they were asked. */
export function PlanAsk({ plan }: { readonly plan: PlanDetail }) {
  const drafts = plan.entries.filter(({ request }) => request.state === 'draft')
  if (drafts.length === 0) return null
  const byCover = [...Map.groupBy(drafts, ({ coverId }) => coverId)]
  return (
    <section aria-labelledby="ask">
      <h2 id="ask">To be asked</h2>
      <p className={styles.soft}>
        Nothing is sent from here. Copy the message or write it as an e-mail, or hand the plan over; then mark it as
        asked.
      </p>
      <ul className={styles.entries}>
        {byCover.map(([coverId, entries]) => (
          <AskOne key={coverId} plan={plan} entries={entries} />
        ))}
      </ul>
    </section>
  )
}

function AskOne({ plan, entries }: { readonly plan: PlanDetail; readonly entries: readonly PlanEntry[] }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = usePlanKept()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.ask.mutationOptions(),
    onSuccess: kept,
  })
  const [first] = entries
  if (!first) return null
  const text = askWords(plan, entries)
  return (
    <li className={styles.entry}>
      <h3>{first.mine ? `${first.coverName} (you)` : first.coverName}</h3>
      <Copyable name={`message to ${first.coverName}`} text={text} />
      <div className={styles.buttons}>
        <Button
          look="primary"
          icon="send"
          disabled={!connected || isPending}
          aria-label={`Mark ${first.coverName} as asked`}
          onClick={() => mutate({ planId: plan.id, entryIds: entries.map(({ id }) => id) })}
        >
          Mark as asked
        </Button>
        <MailLink subject={`Could you cover ${entries.map(({ accountName }) => accountName).join(', ')}?`} text={text}>
          Write it as an e-mail
        </MailLink>
      </div>
      <Problem error={error} />
    </li>
  )
}
