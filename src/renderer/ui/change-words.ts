import type { OutboxEntry, OutboxState, WriteIntent } from '#contract/outbox.ts'
import type { IconName } from './icon.tsx'
import type { PillTone } from './pill.tsx'

const looks: Readonly<Record<OutboxState, { readonly icon: IconName; readonly tone: PillTone }>> = {
  queued: { icon: 'hourglass', tone: 'info' },
  sending: { icon: 'sync', tone: 'info' },
  sent: { icon: 'send', tone: 'info' },
  verified: { icon: 'check', tone: 'success' },
  failed: { icon: 'alert', tone: 'danger' },
  conflict: { icon: 'alert', tone: 'warning' },
  discarded: { icon: 'dash', tone: 'plain' },
}

/** Word, sign and colour of where a change stands. */
export function changeLooks({ state, intent }: Pick<OutboxEntry, 'state' | 'intent'>): {
  readonly word: string
  readonly icon: IconName
  readonly tone: PillTone
} {
  const host = hostOf(intent)
  const words: Readonly<Record<OutboxState, string>> = {
    queued: 'Waiting to be sent',
    sending: 'Sending',
    sent: `Sent, not seen in ${host} yet`,
    verified: `Seen in ${host}`,
    failed: 'Failed',
    conflict: 'Changed meanwhile',
    discarded: 'Given up',
  }
  return { word: words[state], ...looks[state] }
}

/** Where a change is made. */
export function hostOf(intent: WriteIntent): 'Zendesk' | 'GitLab' {
  return ticketOf(intent) === undefined ? 'GitLab' : 'Zendesk'
}

/** The ticket a change is made to; undefined for a change in GitLab. */
export function ticketOf(intent: WriteIntent): number | undefined {
  return 'ticketId' in intent ? intent.ticketId : undefined
}

/** What a change in GitLab is about: a new issue by its title, anything else by the issue or project it is made to. */
export function aboutWords({ intent, subject }: Pick<OutboxEntry, 'intent' | 'subject'>): string {
  return intent.kind === 'create-issue' ? intent.title : subject
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
