import type { WorkAdvice } from '#contract/issues.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Pill } from '../../ui/pill.tsx'
import styles from './issues.module.css'

const startWords: Readonly<Record<WorkAdvice['belongs'], string>> = {
  reactive: 'Start a ticket',
  proactive: 'Start an issue',
  interactive: 'Say it in Slack',
}

/** Where a piece of work belongs, why, what else is to be done, and what it could be instead. `stale`: the answer for the last letters is on its way. */
export function WorkAdviceBox(props: {
  readonly advice: WorkAdvice
  readonly stale: boolean
  /** Where the person starts it, when that is not what is proposed. */
  readonly chosen: WorkAdvice['belongs'] | undefined
  readonly onChoose: (place: WorkAdvice['belongs']) => void
}) {
  const { advice, stale, chosen, onChoose } = props
  return (
    <section aria-label="Where it belongs" aria-busy={stale} className={styles.advice}>
      <p className={styles.where}>
        <strong>{advice.where}</strong>
        {advice.sure ? null : (
          <Pill tone="caution" icon="alert">
            Not sure
          </Pill>
        )}
      </p>
      <ul className={styles.reasons}>
        {advice.because.map(({ words, source }) => (
          <li key={words}>
            {words} <small>{source}</small>
          </li>
        ))}
      </ul>
      {advice.alsoDo.map((words) => (
        <p key={words} className={styles.also}>
          <Icon name="alert" size={14} />
          <span>{words}</span>
        </p>
      ))}
      {advice.otherwise.map(({ belongs, words }) => (
        <p key={belongs} className={styles.other}>
          <span>{words}</span>
          <Button aria-pressed={chosen === belongs} onClick={() => onChoose(belongs)}>
            {startWords[belongs]}
          </Button>
        </p>
      ))}
    </section>
  )
}
