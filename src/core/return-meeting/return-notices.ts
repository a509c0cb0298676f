import { listed } from '../coverage/plan-words.ts'
import { fillInMessages, type Message } from '../policy/fill-in-messages.ts'
import type { ReturningPolicy } from '../policy/policy.ts'

/** What the messages name. */
export interface ReturnedAccount {
  readonly account: string
  readonly aseName: string
  readonly coverNames: readonly string[]
  /** Who sends them; null while nobody is known. */
  readonly sender: string | null
}

/** The messages that tell a customer's people and the account team that the ASE is back. */
export function returnNotices({ notices }: ReturningPolicy, about: ReturnedAccount): Message[] {
  const { account, aseName, coverNames, sender } = about
  const words = { account, ase: aseName, cover: listed(coverNames), sender: sender ?? '' }
  return fillInMessages(notices, words)
}
