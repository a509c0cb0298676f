import type { AlertKind } from '#contract/alerts.ts'
import { alertKindGroups, alertKindWords } from '../../ui/alert-kinds.ts'
import { Section, Toggle } from './settings-fields.tsx'
import type { SettingsPart } from './use-settings-change.ts'
import styles from './settings.module.css'

/** Each kind of alert on or off. What is off is listed all the same. */
export function AlertKindSettings({ settings, change }: SettingsPart) {
  const off = new Set(settings.alertKindsOff)
  const set = (kind: AlertKind, on: boolean) =>
    change({
      alertKindsOff: on ? settings.alertKindsOff.filter((other) => other !== kind) : [...settings.alertKindsOff, kind],
    })
  return (
    <Section title="What is announced">
      <p className={styles.hint}>
        Of accounts you cover, and of your own while you are not away. What is switched off is only listed under Alerts.
      </p>
      {alertKindGroups.map(({ title, kinds }) => (
        <div key={title} role="group" aria-label={title} className={styles.kinds}>
          <h3>{title}</h3>
          {kinds.map((kind) => (
            <Toggle
              key={kind}
              name={alertKindWords[kind].word}
              hint={alertKindWords[kind].about}
              value={!off.has(kind)}
              onChange={(on) => set(kind, on)}
            />
          ))}
        </div>
      ))}
    </Section>
  )
}
