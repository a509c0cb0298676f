import type { Notifier } from '#service/ports.ts'

/** A door without notifications of its own. */
export const noNotifications: Notifier = {
  native: false,
  state: () => ({ allowed: 'unknown', problem: null }),
  show: () => undefined,
  close: () => undefined,
}
