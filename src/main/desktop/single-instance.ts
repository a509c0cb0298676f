import type { App } from 'electron'

/** What a second start prints before it ends. */
export const secondInstanceSentence = 'Understudy is already running; its window is brought to the front.'

/**
 * Takes the right to be the only Understudy with this data folder. Answers false in a second start, which has then told the first one
 * and has to end. `onSecond` hears of later starts, with their arguments.
 *
 * The folder has to be set as `userData` before: Electron's lock belongs to it.
 */
export function takeSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  onSecond: (argv: readonly string[]) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, argv) => onSecond(argv))
  return true
}
