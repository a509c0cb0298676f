import { fillIn } from '../policy/fill-in.ts'
import type { AnnouncementText, ProactivePolicy } from '../policy/policy.ts'

/** A message for a person to send. */
export interface Announcement {
  /** Whom it is for, in words. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

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
export function announcementsOf({ announcements }: ProactivePolicy, about: AnnouncedProject): Announcement[] {
  const { account, ase, sender } = about
  const words = {
    ...{ account, project: about.project, url: about.url, label: about.label },
    whom: ase === null || ase === sender ? 'me' : ase,
    sender: sender ?? '',
  }
  const message = (to: string, { subject, lines }: AnnouncementText): Announcement => ({
    to,
    subject: fillIn(subject, words),
    text: lines
      .map((line) => fillIn(line, words))
      .join('\n')
      .trimEnd(),
  })
  return [
    message(`Your contacts at ${account}`, announcements.contacts),
    message(`The account team of ${account}`, announcements.accountTeam),
  ]
}
