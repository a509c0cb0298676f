import type { OutboxEntry, OutboxState } from '#contract/outbox.ts'
import type { IconName } from './icon.tsx'
import type { PillTone } from './pill.tsx'

/** Word, sign and colour of where a change stands. */
export const changeLooks: Readonly<
  Record<OutboxState, { readonly word: string; readonly icon: IconName; readonly tone: PillTone }>
> = {
  queued: { word: 'Waiting to be sent', icon: 'hourglass', tone: 'info' },
  sending: { word: 'Sending', icon: 'sync', tone: 'info' },
  sent: { word: 'Sent, not seen in Zendesk yet', icon: 'send', tone: 'info' },
  verified: { word: 'Seen in Zendesk', icon: 'check', tone: 'success' },
  failed: { word: 'Failed', icon: 'alert', tone: 'danger' },
  conflict: { word: 'Changed meanwhile', icon: 'alert', tone: 'warning' },
  discarded: { word: 'Given up', icon: 'dash', tone: 'plain' },
}

/** Sign and words of whether the customer sees a change. */
export function customerLooks(visible: boolean): { readonly icon: IconName; readonly words: string } {
  return visible
    ? { icon: 'eye', words: 'The customer sees this.' }
    : { icon: 'lock', words: 'Hidden from the customer.' }
}

/** Whether nothing more happens to a change. */
export function isSettled({ state }: Pick<OutboxEntry, 'state'>): boolean {
  return state === 'verified' || state === 'discarded'
}

/** Whether a change waits for a person. */
export function needsMe({ state }: Pick<OutboxEntry, 'state'>): boolean {
  return state === 'failed' || state === 'conflict'
}
