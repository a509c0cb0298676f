import type { AlertKind, DueAlert } from '#core/alerts/alert.ts'

/** Something that is told at its time and is about no ticket. */
export interface StandingEvent extends Pick<DueAlert, 'subject' | 'instance' | 'accountId'> {
  readonly kind: AlertKind
  /** Written only when it is to be told: at most looks, nothing is. */
  readonly tell: () => Pick<DueAlert, 'facts' | 'why'>
  readonly at: number
  /** Afterwards it is only listed. */
  readonly until: number
}
