import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Settings } from '#contract/settings.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { CoverageProject } from './coverage-project.tsx'
import { CustomersData } from './customers-data.tsx'
import { EmergencyMark } from './emergency-mark.tsx'
import { OrgNoteSettings } from './org-note-settings.tsx'
import { PolicySettings } from './policy-settings.tsx'
import { Choice, NumberField, Section } from './settings-fields.tsx'
import { SyncScopes } from './sync-scopes.tsx'
import { type SettingsPart, useSettingsChange } from './use-settings-change.ts'
import styles from './settings.module.css'

/** What a person may choose, and how syncing stands. Every change is kept at once. */
export function SettingsScreen() {
  const { queries } = useWindow()
  const { data: settings, error, refetch } = useQuery(queries.settings())
  return (
    <Screen title="Settings" about="Changes are saved at once.">
      {settings ? (
        <SettingsForm settings={settings} />
      ) : error ? (
        <ErrorNotice what="The settings could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the settings…" />
      )}
    </Screen>
  )
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const { change, outcome, locked } = useSettingsChange()
  return (
    <fieldset className={styles.form} disabled={locked}>
      <p role="status" className={styles.outcome}>
        {outcome}
      </p>
      <Section title="Appearance">
        <Choice
          name="Theme"
          value={settings.theme}
          choices={{ system: 'As the system', light: 'Light', dark: 'Dark' }}
          onChange={(theme) => change({ theme })}
        />
      </Section>
      <Section title="Work">
        <NumberField
          name="Usual load"
          unit="other tickets a week"
          hint="Empty: measured from your last complete weeks without absence or coverage."
          value={settings.baselinePerWeek}
          min={0}
          max={500}
          optional
          onChange={(baselinePerWeek) => change({ baselinePerWeek })}
        />
        <EmergencyMark value={settings.emergencyMark} onChange={change} />
        <CoverageProject value={settings.coverageProject} onChange={(coverageProject) => change({ coverageProject })} />
        <OrgNoteSettings settings={settings} change={change} />
      </Section>
      <PolicySettings settings={settings} change={change} />
      <Section title="Alerts">
        <p>
          Which alerts come, how long before a breach, and when it is quiet is under{' '}
          <Link to="/settings/alerts">Alerts</Link>.
        </p>
      </Section>
      <SyncSettings settings={settings} change={change} />
      <CustomersData />
      <Section title="Calendars">
        <p>
          Absences and on-call shifts come from calendars under <Link to="/settings/calendars">Calendars</Link>, or are
          entered there by hand.
        </p>
      </Section>
      <Section title="Connections">
        <p>
          Which Zendesk is read, what it offers and how to sign in or out is under{' '}
          <Link to="/settings/connections">Connections</Link>.
        </p>
      </Section>
    </fieldset>
  )
}

function SyncSettings({ settings, change }: SettingsPart) {
  return (
    <Section title="Sync">
      <NumberField
        name="Sync every"
        unit="seconds"
        value={settings.syncEverySeconds}
        min={15}
        max={3600}
        whole
        onChange={(syncEverySeconds) => syncEverySeconds !== null && change({ syncEverySeconds })}
      />
      <NumberField
        name="Pace"
        unit="requests a minute at most"
        hint="At Zendesk and at GitLab each. Your company shares one budget: people and other tools have the rest."
        value={settings.requestsPerMinute}
        min={5}
        max={200}
        whole
        onChange={(requestsPerMinute) => requestsPerMinute !== null && change({ requestsPerMinute })}
      />
      <SyncScopes />
    </Section>
  )
}
