import type { Clock } from './ports.ts'

/** Longest sleep of a timer, in real ms: after it the time is looked at again, because machines sleep and clocks are set. */
const longestNapMs = 30_000

/**
 * A clock that shows `now` at its creation and then runs at `speed`; without either it is the computer's own clock.
 *
 * @param options.now ms since the epoch.
 * @param options.speed seconds of this clock per real second; 0 stands still.
 */
export function createClock(options: { readonly now?: number; readonly speed?: number } = {}): Clock {
  const { speed = 1 } = options
  const createdAt = Date.now()
  const now = () => (options.now === undefined ? Date.now() : options.now + (Date.now() - createdAt) * speed)
  return {
    now,
    speed,
    wakeAt(at, wake) {
      let timer: NodeJS.Timeout | undefined
      const nap = () => {
        const left = at - now()
        if (left <= 0) {
          wake()
          return
        }
        // At a speed of 0 what is left takes forever, and the naps go on.
        timer = setTimeout(nap, Math.min(left / speed, longestNapMs))
        timer.unref()
      }
      timer = setTimeout(nap, 0)
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}
