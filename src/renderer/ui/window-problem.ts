/** A stretch of time as it stands in two fields, by somebody's clock: `2026-12-21T17:00`, or empty. */
export interface TypedWindow {
  readonly startsAt: string
  readonly endsAt: string
}

/** Why a stretch of time cannot be taken as it is; undefined when it can. Empty fields are no fault to show yet. */
export function windowProblem({ startsAt, endsAt }: TypedWindow): 'empty' | 'reversed' | undefined {
  if (startsAt === '' || endsAt === '') return 'empty'
  // Both have the same form, so their letters sort as their times do.
  return startsAt < endsAt ? undefined : 'reversed'
}
