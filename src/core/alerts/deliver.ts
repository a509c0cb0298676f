import type { InstantMs } from '../instant.ts'
import type { AlertFacts } from './alert.ts'

/** What holds alerts back at present, and for whom. */
export interface DeliverySetting {
  /** The kind is switched off. */
  readonly kindOff: boolean
  /** The account says nothing. */
  readonly muted: boolean
  /** The ticket keeps still: until when, in words; null when it does not. */
  readonly snoozed: string | null
  /** A meeting runs: at the latest until then. */
  readonly meetingUntil: InstantMs | null
  readonly pausedUntil: InstantMs | null
  readonly quietUntil: InstantMs | null
  /** What cannot wait passes a pause and quiet hours. */
  readonly urgentPasses: boolean
}

/** What becomes of an alert. `until` is null where no time ends it. */
export type Delivery =
  | { readonly do: 'show' }
  | {
      readonly do: 'hold'
      readonly by: 'snooze' | 'meeting' | 'pause' | 'quiet-hours'
      readonly words: string
      readonly until: InstantMs | null
    }
  | { readonly do: 'list'; readonly words: string }

const minuteMs = 60_000

/** Whether an alert cannot wait: an emergency, a clock that ended, or one that ends within so many minutes. */
export function isUrgent(facts: AlertFacts, urgentMinutes: number, now: InstantMs): boolean {
  if (facts.kind === 'emergency' || facts.kind === 'breached') return true
  return facts.kind === 'breach-coming' && facts.clock.breachAt - now <= urgentMinutes * minuteMs
}

/**
 * Whether an alert is shown, waits, or is only listed. A mute and a switched-off kind are a person's word and hold for what cannot wait as
 * well; a snoozed ticket is woken by it.
 */
export function decideDelivery(
  alert: { readonly urgent: boolean; readonly listed: string | null },
  setting: DeliverySetting,
): Delivery {
  const { meetingUntil, pausedUntil, quietUntil } = setting
  if (alert.listed !== null) return { do: 'list', words: alert.listed }
  if (setting.muted) return { do: 'list', words: 'The account is muted.' }
  if (setting.kindOff) return { do: 'list', words: 'Alerts of this kind are switched off in Settings.' }
  if (setting.snoozed !== null && !alert.urgent) {
    return { do: 'hold', by: 'snooze', words: `The ticket is snoozed. ${setting.snoozed}.`, until: null }
  }
  if (meetingUntil !== null && !alert.urgent) {
    return { do: 'hold', by: 'meeting', words: 'A meeting was running.', until: meetingUntil }
  }
  const passes = alert.urgent && setting.urgentPasses
  if (pausedUntil !== null && !passes) {
    return { do: 'hold', by: 'pause', words: 'Alerts were paused.', until: pausedUntil }
  }
  if (quietUntil !== null && !passes) {
    return { do: 'hold', by: 'quiet-hours', words: 'It was within quiet hours.', until: quietUntil }
  }
  return { do: 'show' }
}
