import type { HandoffTicket } from '#contract/handoffs.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { severityLooks } from './handoff-words.ts'
import styles from './handoff.module.css'

/** Where a review stands: at the account, at a ticket, or at the acceptance. */
export type ReviewPlace = 'account' | 'accept' | number

/** Every item of a review in its order, each with how far it is; a press leads there. */
export function ReviewSteps(props: {
  readonly lines: readonly HandoffTicket[]
  readonly accepted: boolean
  readonly at: ReviewPlace
  readonly onGo: (place: ReviewPlace) => void
}) {
  const { lines, accepted, at, onGo } = props
  return (
    <nav aria-label="Items of the review">
      <ol className={styles.strip}>
        <Step name="The account" icon="building" isHere={at === 'account'} onPress={() => onGo('account')} />
        {lines.map((ticket) => {
          const { ticketId, line, facts } = ticket
          const [icon, words] = progressOf(ticket)
          const looks = line?.severity ? severityLooks[line.severity] : undefined
          return (
            <Step
              key={ticketId}
              name={`#${ticketId} ${facts.subject}: ${looks ? `${looks.word.toLowerCase()}, ` : ''}${words}`}
              icon={icon}
              tone={looks?.tone}
              isHere={at === ticketId}
              onPress={() => onGo(ticketId)}
            />
          )
        })}
        <Step
          name={accepted ? 'Acceptance: accepted' : 'Acceptance'}
          icon="handoff"
          tone={accepted ? 'success' : undefined}
          isHere={at === 'accept'}
          onPress={() => onGo('accept')}
        />
      </ol>
    </nav>
  )
}

function Step(props: {
  readonly name: string
  readonly icon: IconName
  readonly tone?: string | undefined
  readonly isHere: boolean
  readonly onPress: () => void
}) {
  const { name, icon, tone, isHere, onPress } = props
  return (
    <li>
      <button
        type="button"
        className={styles.step}
        aria-label={name}
        title={name}
        data-tone={tone}
        aria-current={isHere ? 'step' : undefined}
        onClick={onPress}
      >
        <Icon name={icon} size={14} />
      </button>
    </li>
  )
}

/** How far a ticket is, as a sign and in words. */
function progressOf(ticket: HandoffTicket): readonly [IconName, string] {
  const { gone, stale, reviewedAt, teachBack, verdict } = ticket
  if (gone !== null) return ['close', 'not active any more']
  if (stale.length > 0) return ['alert', 'changed since it was gone over']
  if (verdict?.current && verdict.accepted) return ['check', 'said back and accepted']
  if (verdict?.current) return ['return', 'corrected, to be said back again']
  if (teachBack?.current) return ['hourglass', 'said back, not answered yet']
  return reviewedAt === null ? ['dash', 'not gone over yet'] : ['check', 'gone over']
}
