/** Counts what a run did; handed through its streams. */
export interface Progress {
  tickets: number
  comments: number
  issues: number
}
