import { letOthersRun } from './let-others-run.ts'

/** A piece of work holds the thread about this long before others get their turn. */
const sliceMs = 2

/**
 * For work that is done in small steps: called between them, it lets others run whenever a slice of time is used up. It counts
 * time rather than steps: what runs for the first time takes many times as long as later.
 */
export function createGiveWay(): () => Promise<void> | undefined {
  let startedAt = performance.now()
  return () => {
    if (performance.now() - startedAt <= sliceMs) return undefined
    return letOthersRun().then(() => void (startedAt = performance.now()))
  }
}
