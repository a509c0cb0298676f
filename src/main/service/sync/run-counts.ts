/** Counts what a run did; handed through its jobs. */
export interface RunCounts {
  tickets: number
  comments: number
  issues: number
}

/** Nothing done yet. */
export function noCounts(): RunCounts {
  return { tickets: 0, comments: 0, issues: 0 }
}
