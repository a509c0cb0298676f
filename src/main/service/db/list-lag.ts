/** For this long after something was found gone a list may still show it as it was. */
const listLagMs = 120_000

/** Whether what a list shows at `at` is certainly from after the instant at which something was found gone. */
export function hasListCaughtUp(foundOutAt: number, at: number): boolean {
  return at - foundOutAt >= listLagMs
}
