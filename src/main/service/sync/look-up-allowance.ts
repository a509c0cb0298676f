const minuteMs = 60_000

/** How much may still be asked for one by one, so that many look-ups do not use up everybody's pace. */
export interface LookUpAllowance {
  /** How many may be asked for now. */
  left(): number
  spend(count: number): void
  /** When the next minute begins, ms. */
  renewsAt(): number
}

/**
 * Creates the allowance.
 *
 * @param now time of the service's clock, ms. One that was set back begins a new minute.
 */
export function createLookUpAllowance(
  now: () => number,
  { mostInSlice, mostInMinute }: { readonly mostInSlice: number; readonly mostInMinute: number },
): LookUpAllowance {
  let minute = { begunAt: 0, asked: 0 }
  return {
    left() {
      if (now() - minute.begunAt >= minuteMs || now() < minute.begunAt) minute = { begunAt: now(), asked: 0 }
      return Math.min(mostInSlice, mostInMinute - minute.asked)
    },
    spend: (count) => void (minute.asked += count),
    renewsAt: () => minute.begunAt + minuteMs,
  }
}
