import type { MeetingRow, ReturnDecision, ReturnDecisionKind, ReturnMeeting } from '#contract/returns.ts'
import { lastCover } from '#core/return-meeting/decision-words.ts'
import { useTimeZone } from '../../api/window-context.tsx'
import { dayOnly } from '../../ui/calendar-day.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { dayAndTime } from '../../ui/time-words.ts'
import { isUndecided } from './place-in-list.ts'
import { decisionLooks } from './row-looks.ts'
import styles from './run.module.css'

/** What Enter decides: what was decided before where something came to the row since, else what is proposed. */
export function suggestionOf({ decided, proposal }: MeetingRow): ReturnDecision {
  return decided?.changed ? decided.decision : { kind: proposal.kind, note: '', owner: '', dueOn: '' }
}

/** What can be decided of a row, each with its key. */
export function DecisionButtons(props: {
  readonly row: MeetingRow
  readonly meeting: ReturnMeeting
  readonly onChoose: (kind: ReturnDecisionKind) => void
}) {
  const { row, meeting, onChoose } = props
  const first = isUndecided(row) ? suggestionOf(row).kind : row.decided?.decision.kind
  return (
    <div className={styles.decisions} role="group" aria-label="Decide">
      {row.decisions.map((kind) => {
        const { key, icon, word } = decisionLooks[kind]
        return (
          <Button
            key={kind}
            icon={icon}
            look={kind === first ? 'primary' : 'plain'}
            aria-pressed={!isUndecided(row) && kind === first}
            aria-keyshortcuts={key}
            title={meaningOf(kind, meeting)}
            onClick={() => onChoose(kind)}
          >
            {word}
            {kind === 'follow-up' && '…'} <kbd aria-hidden="true">{key}</kbd>
          </Button>
        )
      })}
    </div>
  )
}

function meaningOf(kind: ReturnDecisionKind, meeting: ReturnMeeting): string {
  const sides = { aseName: meeting.aseName, coverNames: meeting.covers.map(({ name }) => name) }
  switch (kind) {
    case 'keep':
      return `${lastCover(sides)} keeps the ticket`
    case 'transfer':
      return `The ticket goes to ${meeting.aseName}`
    case 'close-out':
      return 'Nothing more is to be done'
    case 'follow-up':
      return 'Somebody sees to it, until a day'
    case 'know':
      return 'Both know it now'
  }
}

/** What is proposed for a row, or what was decided of it, and what Enter does. */
export function ProposalLine({ row, hidden }: { readonly row: MeetingRow; readonly hidden: boolean }) {
  const { decided, proposal } = row
  const timeZone = useTimeZone()
  if (decided && !decided.changed) {
    return (
      <p className={styles.decided}>
        <Icon name="check" size={14} />
        <span>
          <strong>Decided: {decisionText(decided.decision, hidden)}</strong>{' '}
          <span className={styles.soft}>
            {decided.byName && `${decided.byName}, `}
            {dayAndTime(decided.at, timeZone)}. Another key decides it anew.
          </span>
        </span>
      </p>
    )
  }
  if (decided) {
    return (
      <p className={styles.changed}>
        <Icon name="alert" size={14} />
        <span>
          <strong>Changed since it was decided: {decisionText(decided.decision, hidden)}.</strong>{' '}
          <kbd aria-hidden="true">Enter</kbd> leaves it at that.
        </span>
      </p>
    )
  }
  return (
    <p className={styles.proposal}>
      <span className={styles.soft}>Proposed:</span> <strong>{decisionLooks[proposal.kind].word}</strong>{' '}
      <span className={styles.soft}>{proposal.why}</span> <kbd aria-hidden="true">Enter</kbd>
    </p>
  )
}

/** `Follow up, Marta Lindqvist until Fri 27 Nov`; without the words where they are hidden. */
export function decisionText({ kind, owner, dueOn }: ReturnDecision, hidden = false): string {
  const { word } = decisionLooks[kind]
  return kind === 'follow-up' && !hidden ? `${word}, ${owner} until ${dayOnly(dueOn)}` : word
}
