import { listed } from '../coverage/plan-words.ts'
import { fillIn } from '../policy/fill-in.ts'
import type { ReturningPolicy, ReturnNoticeText } from '../policy/policy.ts'

/** A message for a person to send. */
export interface ReturnNotice {
  /** Whom it is for, in words. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** What the messages name. */
export interface ReturnedAccount {
  readonly account: string
  readonly aseName: string
  readonly coverNames: readonly string[]
  /** Who sends them; null while nobody is known. */
  readonly sender: string | null
}

/** The messages that tell a customer's people and the account team that the ASE is back. */
export function returnNotices({ notices }: ReturningPolicy, about: ReturnedAccount): ReturnNotice[] {
  const { account, aseName, coverNames, sender } = about
  const words = { account, ase: aseName, cover: listed(coverNames), sender: sender ?? '' }
  const message = (to: string, { subject, lines }: ReturnNoticeText): ReturnNotice => ({
    to,
    subject: fillIn(subject, words),
    text: lines
      .map((line) => fillIn(line, words))
      .join('\n')
      .trimEnd(),
  })
  return [
    message(`Your contacts at ${account}`, notices.contacts),
    message(`The account team of ${account}`, notices.accountTeam),
  ]
}
