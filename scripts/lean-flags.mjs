/**
 * What V8 is told by whoever starts a process that stays: collect early and keep the heap small. By default it lets
 * garbage pile up as long as the machine has memory, which a tray app has no right to. `bench/results.md` has the figures.
 */
export const leanFlags = ['--max-semi-space-size=4', '--heap-growing-percent=20']
