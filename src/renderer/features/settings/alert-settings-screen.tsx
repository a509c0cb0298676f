import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Settings } from '#contract/settings.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { NotificationPermissionLine } from '../../ui/notification-permission.tsx'
import { Screen } from '../../ui/screen.tsx'
import { AlertKindSettings } from './alert-kind-settings.tsx'
import { LeadTimeSettings } from './lead-time-settings.tsx'
import { QuietHoursSettings } from './quiet-hours-settings.tsx'
import { Section, Toggle } from './settings-fields.tsx'
import { TestAlert } from './test-alert.tsx'
import { TraySettings } from './tray-settings.tsx'
import { useSettingsChange } from './use-settings-change.ts'
import styles from './settings.module.css'

/** Which alerts come, when, and how. Every change is kept at once. */
export function AlertSettingsScreen() {
  const { queries } = useWindow()
  const { data: settings, error, refetch } = useQuery(queries.settings())
  return (
    <Screen title="Settings › Alerts" about={<Link to="/settings">Back to Settings</Link>}>
      {settings ? (
        <AlertSettings settings={settings} />
      ) : error ? (
        <ErrorNotice what="The settings could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the settings…" />
      )}
    </Screen>
  )
}

function AlertSettings({ settings }: { readonly settings: Settings }) {
  const { queries } = useWindow()
  const { data: hasTray = false } = useQuery({ ...queries.status(), select: (status) => status.capabilities.tray })
  const { change, outcome, locked } = useSettingsChange()
  return (
    <fieldset className={styles.form} disabled={locked}>
      <p role="status" className={styles.outcome}>
        {outcome}
      </p>
      <Section title="Notifications">
        <NotificationPermissionLine />
        <TestAlert />
        <Toggle
          name="Show what customers wrote in notifications"
          hint="Subjects and replies. Switched off, notifications name only the account and the number."
          value={settings.customerTextInNotifications}
          onChange={(customerTextInNotifications) => change({ customerTextInNotifications })}
        />
      </Section>
      <AlertKindSettings settings={settings} change={change} />
      <LeadTimeSettings settings={settings} change={change} />
      <QuietHoursSettings settings={settings} change={change} />
      {hasTray && <TraySettings settings={settings} change={change} />}
    </fieldset>
  )
}
