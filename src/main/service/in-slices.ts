import { createGiveWay } from './give-way.ts'

/**
 * Does `work` for each item in order and lets others run whenever a slice of time is used up.
 *
 * @throws what `work` throws; the items after that one are left.
 */
export async function inSlices<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = []
  const giveWay = createGiveWay()
  for (const [index, item] of items.entries()) {
    await giveWay()
    results.push(work(item, index))
  }
  return results
}
