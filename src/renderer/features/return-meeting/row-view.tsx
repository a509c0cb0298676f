import type { MeetingRow, ReturnEvidence } from '#contract/returns.ts'
import { dayOnly } from '../../ui/calendar-day.ts'
import { Pill } from '../../ui/pill.tsx'
import { StatusPill } from '../../ui/ticket-words.tsx'
import { Moment } from './moment.tsx'
import { fullName, rowKindWord, rowLooks } from './row-looks.ts'
import styles from './run.module.css'

/** One row of a list: what happened, to what, how that is known, and how it stands now. */
export function RowView(props: {
  readonly row: MeetingRow
  readonly otherZone: string
  /** What is to be said of the row itself, beside its kind. */
  readonly children?: React.ReactNode
}) {
  const { row, otherZone, children } = props
  const { kind, dueOn, words, evidence, ticketNow } = row
  const { tone, icon } = rowLooks[kind]
  return (
    <>
      <p className={styles.pills}>
        <Pill tone={tone} icon={icon}>
          {rowKindWord(kind)}
        </Pill>
        {dueOn !== '' && <Pill icon="calendar">By {dayOnly(dueOn)}</Pill>}
        {children}
      </p>
      <h2 tabIndex={-1} className={styles.subject}>
        {fullName(row)}
      </h2>
      <p className={styles.words}>{words}</p>
      {ticketNow && (
        <p className={styles.pills}>
          <span className={styles.soft}>Now</span> <StatusPill status={ticketNow.status} />
          <span className={styles.soft}>
            {ticketNow.assigneeId === null
              ? 'Assigned to nobody'
              : `Assigned to ${ticketNow.assigneeName ?? `user ${ticketNow.assigneeId}`}`}
          </span>
        </p>
      )}
      {evidence.length > 0 && (
        <ol className={styles.evidence} aria-label="How that is known">
          {evidence.map((each, place) => (
            // Two of the same instant may read the same.
            <Evidence key={place} evidence={each} otherZone={otherZone} />
          ))}
        </ol>
      )}
    </>
  )
}

function Evidence({ evidence, otherZone }: { readonly evidence: ReturnEvidence; readonly otherZone: string }) {
  const { at, words, quote, isPrivate, isExact } = evidence
  return (
    <li>
      <Moment at={at} otherZone={otherZone} byThen={!isExact} />
      <div className={styles.told}>
        <p className={styles.pills}>
          <strong>{words}</strong>
          {isPrivate && (
            <Pill tone="caution" icon="lock">
              Internal
            </Pill>
          )}
          <span className={styles.soft}>{whoWords(evidence)}</span>
        </p>
        {quote !== '' && <blockquote className={styles.quote}>{quote}</blockquote>}
      </div>
    </li>
  )
}

/** `Ada Meyer, while Tom Okafor covered`. */
function whoWords({ byName, coverName, isExact }: ReturnEvidence): string {
  const who = byName ?? (isExact ? '' : 'by whom is not known')
  const cover = coverName === null ? 'while nobody covered' : coverName === byName ? '' : `while ${coverName} covered`
  return [who, cover].filter(Boolean).join(', ')
}
