import { fillInMessages, type Message } from '../policy/fill-in-messages.ts'
import type { ProactivePolicy } from '../policy/policy.ts'

/** What announcements name. */
export interface AnnouncedProject {
  readonly account: string
  /** Path of the project. */
  readonly project: string
  readonly url: string
  readonly label: string
  /** Name of the account's ASE; null where there is none. */
  readonly ase: string | null
  /** Who sends it; null while nobody is known. */
  readonly sender: string | null
}

/** The messages that tell a customer's people and the account team where proactive work goes and what stays in tickets (rule 17). */
export function announcementsOf({ announcements }: ProactivePolicy, about: AnnouncedProject): Message[] {
  const { account, ase, sender } = about
  const words = {
    ...{ account, project: about.project, url: about.url, label: about.label },
    whom: ase === null || ase === sender ? 'me' : ase,
    sender: sender ?? '',
  }
  return fillInMessages(announcements, words)
}
