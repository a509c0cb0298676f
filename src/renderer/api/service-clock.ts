import type { InstantMs } from '#core/instant.ts'

/** The service's time in the window. It may run faster than real time: the sample workspace's does. */
export interface ServiceClock {
  /** Sets the clock by what the service said just now. */
  set(reading: { readonly now: InstantMs; readonly speed: number }): void
  /** The time of the last tick: the same for everything drawn between two ticks. */
  now(): InstantMs
  /** Calls back once a second while anybody listens. Returns a function that stops it. */
  subscribe(listener: () => void): () => void
}

/** What the clock is driven by; tests bring their own. */
export interface ServiceClockPorts {
  /** Real milliseconds that only ever go up. */
  readonly elapsedMs: () => number
  readonly wallMs: () => number
  readonly everySecond: (run: () => void) => () => void
  /** Called after the machine slept or its clock was set: what is shown may be old. */
  readonly onJump: () => void
}

/** A difference between the two real clocks that only sleep, or a hand on the clock, explains. */
const jumpMs = 5000

/** A clock that follows the service's readings. Before the first one it tells this machine's time. */
export function createServiceClock(ports: ServiceClockPorts): ServiceClock {
  const listeners = new Set<() => void>()
  let reading = { now: ports.wallMs(), speed: 1, takenAt: ports.elapsedMs() }
  let drift = ports.wallMs() - ports.elapsedMs()
  let shown = reading.now
  let stop: (() => void) | undefined

  const tick = () => {
    const elapsed = ports.elapsedMs()
    const driftNow = ports.wallMs() - elapsed
    if (Math.abs(driftNow - drift) > jumpMs) ports.onJump()
    drift = driftNow
    shown = reading.now + (elapsed - reading.takenAt) * reading.speed
    for (const listener of listeners) listener()
  }
  return {
    set({ now, speed }) {
      reading = { now, speed, takenAt: ports.elapsedMs() }
      tick()
    },
    now: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      stop ??= ports.everySecond(tick)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = undefined
      }
    },
  }
}
