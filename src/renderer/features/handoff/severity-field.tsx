import { severities, type Severity } from '#core/handoff/handoff-document.ts'
import { Icon } from '../../ui/icon.tsx'
import { severityLooks } from './handoff-words.ts'
import styles from './handoff.module.css'

/** How the ticket stands in the eyes of its ASE: one of three. */
export function SeverityField(props: {
  readonly severity: Severity | null
  readonly onChange: (severity: Severity) => void
}) {
  return (
    <fieldset className={styles.severities} data-field="severity">
      <legend>Severity</legend>
      {severities.map((severity, index) => {
        const { word, icon, tone, means, key } = severityLooks[severity]
        return (
          <label key={severity} className={styles.severity} data-tone={tone}>
            <input
              type="radio"
              name="severity"
              data-focus={isEntry(props.severity, severity, index) ? 'severity' : undefined}
              checked={props.severity === severity}
              onChange={() => props.onChange(severity)}
            />
            <Icon name={icon} size={14} />
            <strong>{word}</strong>
            <kbd className={styles.key}>{key}</kbd>
            <span className={styles.soft}>{means}</span>
          </label>
        )
      })}
    </fieldset>
  )
}

/** The one that the focus comes to: what is chosen, else the first. */
function isEntry(chosen: Severity | null, severity: Severity, index: number): boolean {
  return chosen === null ? index === 0 : chosen === severity
}
