import { useQuery } from '@tanstack/react-query'
import type { HandoffDetail, TriggerValues } from '#contract/handoffs.ts'
import { useWindow } from '../../api/window-context.tsx'
import { statusWord } from '../../ui/ticket-words.tsx'
import { zoneName } from '../../ui/time-words.ts'
import { instantOf, wallTimeOf } from '../../ui/wall-time.ts'
import { statusChoices } from './handoff-words.ts'
import styles from './handoff.module.css'

type Kind = TriggerValues['on'] | 'people'

const kinds: Readonly<Record<Kind, string>> = {
  people: 'None',
  'customer-replies': 'When the customer replies',
  'severity-raised': 'When its priority is raised',
  'no-reply-by': 'Without a public reply by …',
  status: 'When its status becomes …',
  'issue-closed': 'When a linked issue is closed',
}

/** What is seen to happen when an *if* comes true, so that an alert says so; or nothing. */
export function TriggerField(props: {
  /** Its place among the ifs, from 1, for its name. */
  readonly place: number
  readonly handoff: HandoffDetail
  readonly ticketId: number
  readonly trigger: TriggerValues | null
  readonly onChange: (trigger: TriggerValues | null) => void
}) {
  const { place, handoff, ticketId, trigger, onChange } = props
  const { queries } = useWindow()
  const { data: issues = [] } = useQuery({
    ...queries.issues(handoff.accountId),
    select: ({ issues: all }) => all.filter(({ kind, ticketIds }) => kind === 'issue' && ticketIds.includes(ticketId)),
  })
  const [first] = issues
  const kind: Kind = trigger?.on ?? 'people'
  const choose = (next: Kind) => {
    if (next === 'people') onChange(null)
    else if (next === 'no-reply-by') onChange({ on: next, at: handoff.startsAt })
    else if (next === 'status') onChange({ on: next, to: 'open' })
    else if (next !== 'issue-closed') onChange({ on: next })
    else if (first) onChange({ on: next, projectId: first.projectId, iid: first.iid })
  }
  const offered = (Object.keys(kinds) as Kind[]).filter((each) => each !== 'issue-closed' || first || each === kind)
  return (
    <span className={styles.trigger}>
      <span className={styles.soft}>Alert</span>
      <select
        className={styles.input}
        aria-label={`Alert for if ${place}`}
        value={kind}
        onChange={(event) => choose(event.target.value as Kind)}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {kinds[each]}
          </option>
        ))}
      </select>
      {trigger?.on === 'no-reply-by' && (
        <ByWhen place={place} at={trigger.at} timeZone={handoff.aseTimeZone} onChange={onChange} />
      )}
      {trigger?.on === 'status' && (
        <select
          className={styles.input}
          aria-label={`Status of if ${place}`}
          value={trigger.to}
          onChange={(event) => onChange({ on: 'status', to: event.target.value })}
        >
          {[...new Set([...statusChoices, trigger.to])].map((status) => (
            <option key={status} value={status}>
              {statusWord(status)}
            </option>
          ))}
        </select>
      )}
      {trigger?.on === 'issue-closed' && (
        <select
          className={styles.input}
          aria-label={`Issue of if ${place}`}
          value={`${trigger.projectId} ${trigger.iid}`}
          onChange={(event) => {
            const [projectId = 0, iid = 0] = event.target.value.split(' ').map(Number)
            onChange({ on: 'issue-closed', projectId, iid })
          }}
        >
          {issues.map(({ projectId, iid, reference, title }) => (
            <option key={`${projectId} ${iid}`} value={`${projectId} ${iid}`}>
              {reference} {title}
            </option>
          ))}
          {!issues.some(({ projectId, iid }) => projectId === trigger.projectId && iid === trigger.iid) && (
            <option value={`${trigger.projectId} ${trigger.iid}`}>Issue {trigger.iid}</option>
          )}
        </select>
      )}
    </span>
  )
}

/** A day and time by the clock of the ASE, as their window of absence is. */
function ByWhen(props: {
  readonly place: number
  readonly at: number
  readonly timeZone: string
  readonly onChange: (trigger: TriggerValues) => void
}) {
  const { place, at, timeZone, onChange } = props
  return (
    <>
      <input
        type="datetime-local"
        className={styles.input}
        aria-label={`Time of if ${place}, in ${zoneName(timeZone, at)}`}
        defaultValue={wallTimeOf(at, timeZone)}
        onChange={(event) => {
          // While it is half typed there is no time yet, and the last one stays.
          const typed = instantOf(event.target.value, timeZone)
          if (typed !== undefined) onChange({ on: 'no-reply-by', at: typed })
        }}
      />
      <span className={styles.soft}>{zoneName(timeZone, at)}</span>
    </>
  )
}
