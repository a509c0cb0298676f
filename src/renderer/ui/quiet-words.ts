import type { Quiet } from '#contract/alerts.ts'

/** `Alerts are paused until 15:40 · 3 wait`. */
export function quietWords({ words, held }: Quiet): string {
  const waits = held === 0 ? '' : held === 1 ? ' · 1 waits' : ` · ${held} wait`
  return `${words.replace(/\.$/, '')}${waits}`
}
