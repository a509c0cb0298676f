import type { Trigger } from '../handoff/handoff-document.ts'
import type { InstantMs } from '../instant.ts'

/** What happened to a ticket since an *if* is watched for, oldest first. */
export interface WatchedHistory {
  /** Public messages. */
  readonly messages: readonly { readonly at: InstantMs; readonly customers: boolean }[]
  readonly changes: readonly {
    readonly at: InstantMs
    readonly status?: { readonly to: unknown } | undefined
    readonly priority?: { readonly from: unknown; readonly to: unknown } | undefined
  }[]
  /** When the issue that is watched was closed. */
  readonly closed: readonly InstantMs[]
}

/**
 * When what the ASE foresaw happened, oldest first. A time without an answer is over at its end, and only where it ends after the watch
 * began.
 *
 * @param since what happened until then does not count.
 */
export function contingencyFirings(
  trigger: Trigger,
  since: InstantMs,
  { messages, changes, closed }: WatchedHistory,
  now: InstantMs,
): InstantMs[] {
  const instants = (): readonly InstantMs[] => {
    switch (trigger.on) {
      case 'customer-replies':
        return messages.filter(({ customers }) => customers).map(({ at }) => at)
      case 'severity-raised':
        return changes
          .filter(({ priority }) => priority && rankOf(priority.to) > rankOf(priority.from))
          .map(({ at }) => at)
      case 'status':
        return changes.filter(({ status }) => status?.to === trigger.to).map(({ at }) => at)
      case 'issue-closed':
        return closed
      case 'no-reply-by': {
        const answered = messages.some(({ at, customers }) => !customers && at > since && at <= trigger.at)
        return answered || trigger.at > now ? [] : [trigger.at]
      }
    }
  }
  return instants().filter((at) => at > since)
}

/** A ticket without a priority counts as normal. */
function rankOf(priority: unknown): number {
  return { low: 1, high: 3, urgent: 4 }[String(priority)] ?? 2
}
