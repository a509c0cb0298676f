import { letOthersRun } from './let-others-run.ts'

/** A piece of work holds the thread about this long before others get their turn. */
const sliceMs = 2

/**
 * Does `work` for each item in order and lets others run whenever a slice of time is used up. It counts time rather than
 * items: what runs for the first time takes many times as long as later.
 *
 * @throws what `work` throws; the items after that one are left.
 */
export async function inSlices<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = []
  let startedAt = performance.now()
  for (const [index, item] of items.entries()) {
    if (performance.now() - startedAt > sliceMs) {
      await letOthersRun()
      startedAt = performance.now()
    }
    results.push(work(item, index))
  }
  return results
}
