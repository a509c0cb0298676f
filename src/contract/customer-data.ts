import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, zendeskId } from './values.ts'

/** What was removed of an account, and that nothing is left. */
const removalProof = z.object({
  removedAt: instantMs,
  /** How many of each were there: `tickets`, `messages`, `people`. */
  removed: z.array(z.object({ what: z.string(), count: z.int() })),
  /** How many of them were still found when it was looked for afterwards: none, or it says so. */
  left: z.int(),
  words: z.string(),
})

/** Data of an account that I covered, and when it is removed from this machine. */
export const keptData = z.object({
  accountId: zendeskId,
  accountName: z.string(),
  /** When the last coverage of the account ended. */
  endedAt: instantMs,
  /** When it is removed: days of the policy after that, or later where somebody asked for more time. When it was, once it was. */
  dueAt: instantMs,
  /** `kept` until then; `waits`: due, but something keeps it; `removed`. */
  state: z.enum(['kept', 'waits', 'removed']),
  /** What keeps it, and what to do; empty otherwise. */
  waitsFor: z.string(),
  proof: removalProof.nullable(),
})
export type KeptData = z.infer<typeof keptData>

const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }
const account = z.object({ accountId: zendeskId })

/** Customers' data of accounts that were covered: it stays on this machine, and not for ever. */
export const customerData = {
  /** What is kept and until when, and what was removed, the latest first. */
  list: oc.input(z.object({})).output(z.object({ accounts: z.array(keptData), now: instantMs })),
  /** Keeps it so many days longer than it would be kept, or than now where it is due. */
  keepLonger: oc
    .errors(refusable)
    .input(account.extend({ days: z.int().min(1).max(365) }))
    .output(keptData),
  /**
   * Removes it now, and answers when it was looked for what is left. Refused while it is mine, covered, or something of it is on its way
   * out.
   */
  remove: oc.errors(refusable).input(account).output(keptData),
}
