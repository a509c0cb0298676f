import type { AlertState } from '#contract/alerts.ts'
import type { IconName } from '../../ui/icon.tsx'
import { Pill, type PillTone } from '../../ui/pill.tsx'

const states: Readonly<Record<AlertState, { word: string; tone: PillTone; icon: IconName }>> = {
  listed: { word: 'Listed', tone: 'plain', icon: 'dash' },
  held: { word: 'Waits', tone: 'caution', icon: 'hourglass' },
  claimed: { word: 'Being shown', tone: 'info', icon: 'send' },
  shown: { word: 'Shown', tone: 'info', icon: 'bell' },
  opened: { word: 'Opened', tone: 'success', icon: 'check' },
  dismissed: { word: 'Dismissed', tone: 'plain', icon: 'close' },
}

/** What became of an alert. */
export function AlertStatePill({ state }: { readonly state: AlertState }) {
  const { word, tone, icon } = states[state]
  return (
    <Pill tone={tone} icon={icon}>
      {word}
    </Pill>
  )
}
