import type { PowerMonitor } from 'electron'

/** Tells as soon as the computer wakes: what happened meanwhile should wait neither for the schedule nor for the end of a pause. */
export function wakeOnResume(powerMonitor: Pick<PowerMonitor, 'on'>, wake: () => void): void {
  powerMonitor.on('resume', wake)
}
