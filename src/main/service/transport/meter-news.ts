import type { SteadyTime } from './steady-time.ts'

/** Passes on that waiting began, changed or ended, without saying it too often. */
export interface MeterNews {
  /** Tells what is waited for now, or null for nothing. */
  look(pause: { readonly reason: string; readonly until: number } | null): void
}

const quietMs = 1000

/** Creates the news of a meter: `tell` is called when what is looked at differs from what was told last, at most once a second. */
export function createMeterNews(time: SteadyTime, tell: () => void): MeterNews {
  let told = ''
  let toldAt = Number.NEGATIVE_INFINITY
  let seen = ''
  let pending = false

  function tellIfNew(): void {
    pending = false
    if (seen === told) return
    told = seen
    toldAt = time.now()
    tell()
  }

  return {
    look(pause) {
      seen = pause === null ? '' : `${pause.reason} ${pause.until}`
      if (pending || seen === told) return
      if (time.now() - toldAt >= quietMs) {
        tellIfNew()
        return
      }
      pending = true
      time.wakeAt(toldAt + quietMs, tellIfNew)
    },
  }
}
