import { setImmediate as nextTurn } from 'node:timers/promises'

/** Lets timers, clicks and the tray have their turn between two pieces of work, such as reading a page and storing it. */
export async function letOthersRun(): Promise<void> {
  // The first one still belongs to the turn that is under way; timers come between the two.
  await nextTurn()
  await nextTurn()
}
