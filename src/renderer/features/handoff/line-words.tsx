import { useQuery } from '@tanstack/react-query'
import type { HandoffDetail, TicketLineValues } from '#contract/handoffs.ts'
import { useTimeZone, useWindow } from '../../api/window-context.tsx'
import { dayOnly } from '../../ui/calendar-day.ts'
import { dayAndTime } from '../../ui/time-words.ts'
import { triggerWords } from './handoff-words.ts'
import styles from './handoff.module.css'

/** What the ASE wrote of a ticket, to be read and said back. The severity stands beside its subject. */
export function LineWords({ handoff, line }: { readonly handoff: HandoffDetail; readonly line: TicketLineValues }) {
  const { severity, story, nextAction, nextOwner, nextBy, askWhom } = line
  return (
    <section aria-label={`What ${handoff.aseName} says`} className={styles.judgement}>
      <p className={styles.story}>{story || 'No story is written.'}</p>
      <dl className={styles.factList}>
        {severity === null && (
          <>
            <dt>Severity</dt>
            <dd>Not said</dd>
          </>
        )}
        <dt>Next</dt>
        <dd>
          {nextAction || 'Not said'}
          <br />
          <span className={styles.soft}>
            {nextOwner || 'Nobody named'}, {nextBy === '' ? 'no date' : `by ${dayOnly(nextBy)}`}
          </span>
        </dd>
        {isForeseeing(line) && (
          <>
            <dt>If … then …</dt>
            <dd>
              <Contingencies handoff={handoff} line={line} />
            </dd>
          </>
        )}
        {askWhom !== '' && (
          <>
            <dt>Ask</dt>
            <dd>{askWhom}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** A stable ticket needs no *if*: that there is none says nothing then. */
function isForeseeing({ severity, contingencies, nothingForeseen }: TicketLineValues): boolean {
  return severity !== 'stable' || contingencies.length > 0 || nothingForeseen
}

function Contingencies({ handoff, line }: { readonly handoff: HandoffDetail; readonly line: TicketLineValues }) {
  const { queries } = useWindow()
  const timeZone = useTimeZone()
  const { data } = useQuery({ ...queries.issues(handoff.accountId), enabled: line.contingencies.some(isOfIssue) })
  if (line.contingencies.length === 0) return line.nothingForeseen ? 'Nothing is foreseen.' : 'Not said'
  const issueName = ({ trigger }: (typeof line.contingencies)[number]) => {
    if (trigger?.on !== 'issue-closed') return ''
    const found = data?.issues.find(({ projectId, iid }) => projectId === trigger.projectId && iid === trigger.iid)
    return found?.reference ?? `issue ${trigger.iid}`
  }
  return (
    <ul className={styles.stack}>
      {line.contingencies.map((each) => (
        <li key={each.id}>
          <strong>If</strong> {each.if || '…'} <strong>then</strong> {each.then || '…'}
          {each.trigger && (
            <span className={styles.soft}>
              {' '}
              An alert comes when {triggerWords(each.trigger, (at) => dayAndTime(at, timeZone), issueName(each))}.
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function isOfIssue({ trigger }: TicketLineValues['contingencies'][number]): boolean {
  return trigger?.on === 'issue-closed'
}
