import type { PowerMonitor } from 'electron'

/** Reads the sources as soon as the computer wakes: what happened meanwhile should not wait for the schedule. */
export function syncOnResume(powerMonitor: Pick<PowerMonitor, 'on'>, sync: () => void): void {
  powerMonitor.on('resume', sync)
}
