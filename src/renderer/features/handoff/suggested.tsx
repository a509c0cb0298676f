import type { Suggestion, TicketLineValues } from '#contract/handoffs.ts'
import { Icon } from '../../ui/icon.tsx'
import { dayOnly } from '../../ui/calendar-day.ts'
import { aContingency } from './contingency.ts'
import styles from './handoff.module.css'

/** What the ticket suggests for a field that is empty, to be taken with a press or left. */
export function Suggested(props: {
  readonly field: Suggestion['field']
  readonly suggestions: readonly Suggestion[]
  readonly line: TicketLineValues
  readonly onTake: (part: Partial<TicketLineValues>) => void
}) {
  const { field, suggestions, line, onTake } = props
  const offered = suggestions.filter((each) => each.field === field && isOpenFor(each, line))
  if (offered.length === 0) return null
  return (
    <ul className={styles.suggestions}>
      {offered.map((each) => (
        <li key={`${each.value} ${each.from}`}>
          <button
            type="button"
            className={styles.chip}
            title="Key: Alt Enter"
            onClick={() => onTake(partOf(each, line))}
          >
            <Icon name="plus" size={12} />
            <span>
              Suggested: {field === 'nextBy' ? dayOnly(each.value) : each.value}{' '}
              <span className={styles.chipFrom}>({lowerFirst(each.from)})</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What taking the first suggestion for a field changes; undefined where none is offered. `field` is the name its control has. */
export function taken(
  suggestions: readonly Suggestion[],
  field: string,
  line: TicketLineValues,
): Partial<TicketLineValues> | undefined {
  const kind = field === 'contingencies' ? 'contingency' : field
  const first = suggestions.find((each) => each.field === kind && isOpenFor(each, line))
  return first && partOf(first, line)
}

/** Nothing is offered over what somebody wrote. */
function isOpenFor({ field, value }: Suggestion, line: TicketLineValues): boolean {
  if (field !== 'contingency') return line[field].trim() === ''
  const [condition] = halvesOf(value)
  return !line.nothingForeseen && !line.contingencies.some((each) => each.if === condition)
}

function partOf({ field, value }: Suggestion, line: TicketLineValues): Partial<TicketLineValues> {
  if (field !== 'contingency') return { [field]: value }
  return { contingencies: [...line.contingencies, aContingency(...halvesOf(value))] }
}

/** Both halves of a sentence like `If it happens again, then restart Sidekiq.`; of another one, all as the *if*. */
function halvesOf(sentence: string): [condition: string, consequence: string] {
  const [, condition, consequence] = /^if\s+(.+?),\s+(?:then\s+)?(.+?)\.?$/i.exec(sentence.trim()) ?? []
  return [condition ?? sentence, consequence ?? '']
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
