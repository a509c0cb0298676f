import type { RibbonLane, RibbonSpan } from '#contract/coverage.ts'
import type { IconName } from '../../ui/icon.tsx'

/** Word and sign of each kind of span; its colour and pattern only say the same again. */
export const spanLooks: Readonly<Record<RibbonSpan['kind'], { readonly word: string; readonly icon: IconName }>> = {
  absence: { word: 'Away', icon: 'person' },
  cover: { word: 'Covered', icon: 'coverage' },
  asked: { word: 'Asked, no answer yet', icon: 'hourglass' },
  gap: { word: 'Gap: nobody covers', icon: 'alert' },
  'day-off': { word: 'Day off', icon: 'pause' },
  shift: { word: 'On-call', icon: 'phone' },
  'shift-to-swap': { word: 'On-call, to be swapped', icon: 'alert' },
}

/** What stands on a span: for what somebody has to mend its word, else what the service calls it. */
export function spanLabel({ kind, label }: Pick<RibbonSpan, 'kind' | 'label'>): string {
  if (kind === 'gap') return 'Gap'
  return kind === 'shift-to-swap' ? 'Swap' : label
}

/** What the lanes of a kind are about. */
export const laneWords: Readonly<Record<RibbonLane['kind'], string>> = {
  ase: 'Absences',
  account: 'Accounts',
  'on-call': 'On-call',
}
