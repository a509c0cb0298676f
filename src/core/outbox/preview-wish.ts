import type { InstantMs } from '../instant.ts'
import { closedWords, mostOnCc, restrictedWords } from './failure-words.ts'
import { wishHolds, type ChangeableFields, type PeopleWishKind, type Wish } from './wish.ts'

/** A stored ticket as a preview looks at it. */
export type PreviewedTicket = ChangeableFields & {
  readonly subject: string
  readonly status: string
  /** Why no list shows it any more: `deleted`, `merged`, `archived`, `forbidden`; null while lists do. */
  readonly fate: string | null
  readonly mergedInto: number | null
  /** When it was last known to be as it is stored. */
  readonly freshAsOf: InstantMs
}

/** Everything a preview needs to know. */
export interface PreviewFacts {
  /** Null when the ticket is not stored. */
  readonly ticket: PreviewedTicket | null
  /** Who is signed in, or null while nobody is known. */
  readonly me: { readonly id: number; readonly name: string } | null
  readonly nameOf: (userId: number) => string | null
  /** Zendesk's word for a user's role, or null where it is not known. */
  readonly roleOf: (userId: number) => string | null
  /** The feature “CCs and followers”; without it Zendesk ignores both without a word. */
  readonly ccsAndFollowers: 'on' | 'off' | 'unknown'
  /** Whether the sign-in may write; null while it is not known. */
  readonly mayWrite: boolean | null
  /** Whether I may write internal notes only. */
  readonly lightAgent: boolean
  /** A restricted account that the ticket is of, or that the note names; null where there is none. */
  readonly restricted: string | null
  /** Changes to the same ticket that are not settled yet, as the person pressed them. */
  readonly waiting: readonly Wish[]
  readonly now: InstantMs
}

/** Why a wish is refused. `holds`: it is so already; `no-way`: it cannot be done, and the words say what can. */
export interface PreviewRefusal {
  readonly kind: 'holds' | 'no-way'
  readonly words: string
}

/** Whether the customer sees a change, and what of it. */
export interface CustomerSees {
  readonly visible: boolean
  readonly words: string
}

/** What a wish would do, in words for a person. */
export interface WishPreview {
  /** Exactly what is asked of Zendesk. */
  readonly words: string
  readonly customerSees: CustomerSees
  readonly warnings: readonly string[]
  readonly refusal: PreviewRefusal | null
}

/** From so many people on Cc on, a preview says how many places are left. */
const nearlyFull = mostOnCc - 4

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** What was read longer ago than this is not called fresh. */
const freshForMs = 30 * minuteMs

/** Says what a wish would do, who would see it, what to think of first, and whether it can be done at all. */
export function previewWish(wish: Wish, facts: PreviewFacts): WishPreview {
  return {
    words: requestWords(wish, facts),
    customerSees: whatCustomerSees(wish, facts.me?.id ?? null),
    warnings: facts.ticket ? warningsOf(wish, facts, facts.ticket) : [],
    refusal: refusalOf(wish, facts),
  }
}

/** Writes a person: `you (Jonas Feldkamp)`, a colleague by name, a user nobody has met by number. */
export function personWords(userId: number | null, facts: Pick<PreviewFacts, 'me' | 'nameOf'>): string {
  if (userId === null) return 'nobody'
  if (userId === facts.me?.id) return `you (${facts.me.name})`
  return facts.nameOf(userId) ?? `user ${userId}`
}

function requestWords(wish: Wish, facts: PreviewFacts): string {
  const { ticket } = facts
  const what = ticket ? `#${wish.ticketId} “${ticket.subject}”` : `#${wish.ticketId}`
  const only = 'Nothing else changes.'
  switch (wish.kind) {
    case 'add-cc':
      return `Adds ${personWords(wish.userId, facts)} to Cc of ${what}. ${only}`
    case 'remove-cc':
      return `Takes ${personWords(wish.userId, facts)} off Cc of ${what}. ${only}`
    case 'follow':
      return `Adds ${personWords(wish.userId, facts)} to the followers of ${what}. ${only}`
    case 'unfollow':
      return `Takes ${personWords(wish.userId, facts)} off the followers of ${what}. ${only}`
    case 'internal-note':
      return `Adds an internal note to ${what}, in your name: “${wish.body}” ${only}`
    case 'assign':
      return `Assigns ${what} to ${personWords(wish.assigneeId, facts)}${fromWhom(facts)}. ${groupWords(wish)} ${only}`
    case 'tags':
      return `${tagWords(wish)} ${what}. Its other tags stay. ${only}`
  }
}

function fromWhom(facts: PreviewFacts): string {
  return facts.ticket ? `, until now ${personWords(facts.ticket.assigneeId, facts)}` : ''
}

function groupWords(wish: Extract<Wish, { kind: 'assign' }>): string {
  return wish.groupId === undefined
    ? 'The group stays if they are in it; otherwise it becomes their default group.'
    : `The group becomes group ${wish.groupId}.`
}

function tagWords({ add, remove }: Extract<Wish, { kind: 'tags' }>): string {
  const list = (tags: readonly string[]) => tags.map((tag) => `“${tag}”`).join(', ')
  const parts = [
    ...(add.length > 0 ? [`Adds the ${word('tag', add.length)} ${list(add)} to`] : []),
    ...(remove.length > 0 ? [`${add.length > 0 ? 'takes' : 'Takes'} ${list(remove)} off`] : []),
  ]
  return parts.join(' and ')
}

/**
 * Whether the customer will see a change, and what of it: addresses on Cc stand on their mails, followers do not show.
 *
 * @param meId who is told; null while nobody is known.
 */
export function whatCustomerSees(wish: Wish, meId: number | null): CustomerSees {
  const whose = 'userId' in wish && wish.userId === meId ? 'Your' : 'Their'
  switch (wish.kind) {
    case 'add-cc':
      return { visible: true, words: `${whose} e-mail address becomes visible to the customer on the thread.` }
    case 'remove-cc':
      return {
        visible: true,
        words: `${whose} e-mail address no longer stands on the customer’s mails of this thread.`,
      }
    case 'follow':
    case 'unfollow':
      return { visible: false, words: 'The customer does not see who follows a ticket.' }
    case 'internal-note':
      return { visible: false, words: 'Internal notes are for agents. The customer does not see this one.' }
    case 'assign':
      return {
        visible: true,
        words: 'The customer may see the assignee’s name. Your company’s triggers may send mail.',
      }
    case 'tags':
      return {
        visible: false,
        words: 'The customer does not see tags. Your company’s triggers may send mail because of them.',
      }
  }
}

function warningsOf(wish: Wish, facts: PreviewFacts, ticket: PreviewedTicket): string[] {
  const places = mostOnCc - ticket.ccIds.length
  const age = facts.now - ticket.freshAsOf
  return [
    ...(ticket.status === 'solved'
      ? ['This ticket is solved. Zendesk closes it by itself before long, and then changes nothing on it.']
      : []),
    ...(wish.kind === 'add-cc' && ticket.ccIds.length >= nearlyFull && places > 0
      ? [`${ticket.ccIds.length} of ${mostOnCc} places on Cc are taken.`]
      : []),
    ...(age > freshForMs
      ? [`What is stored of this ticket is ${ageWords(age)} old. Understudy reads it again before anything is sent.`]
      : []),
    ...(facts.lightAgent && wish.kind !== 'internal-note'
      ? ['You are a light agent. Zendesk lets light agents write internal notes and may refuse this.']
      : []),
    ...(facts.waiting.length > 0
      ? [
          `Earlier changes to this ticket that are still to be made: ${facts.waiting.length}. This one comes after them.`,
        ]
      : []),
  ]
}

function ageWords(ageMs: number): string {
  const [unit, size] = ageMs < 2 * hourMs ? (['minute', minuteMs] as const) : (['hour', hourMs] as const)
  const count = Math.floor(ageMs / size)
  return `${count} ${word(unit, count)}`
}

function word(noun: string, count: number): string {
  return count === 1 ? noun : `${noun}s`
}

function refusalOf(wish: Wish, facts: PreviewFacts): PreviewRefusal | null {
  const words =
    generalRefusal(wish, facts) ?? (facts.ticket && ticketRefusal(wish, facts.ticket)) ?? wishRefusal(wish, facts)
  if (words !== null) return { kind: 'no-way', words }
  const { ticket } = facts
  if (!ticket || facts.waiting.length > 0 || !wishHolds(wish, ticket)) return null
  return { kind: 'holds', words: holdsWords(wish, facts) }
}

function generalRefusal(wish: Wish, facts: PreviewFacts): string | null {
  // SECURITY: of a restricted account nothing is written, whatever else would allow it.
  if (facts.restricted !== null) return restrictedWords(facts.restricted, 'Zendesk')
  if (facts.me === null) return 'Who you are in Zendesk is not known yet. Sign in first, in Settings.'
  if (facts.mayWrite === false) {
    return 'This sign-in may read Zendesk and not write to it. Make the change in Zendesk, or sign in with one that may write.'
  }
  return facts.ticket ? null : `#${wish.ticketId} is not stored here. Sync first, or make the change in Zendesk.`
}

function ticketRefusal(wish: Wish, ticket: PreviewedTicket): string | null {
  const name = `#${wish.ticketId}`
  if (ticket.fate === 'deleted') return `${name} was deleted in Zendesk. Nothing can be changed on it.`
  if (ticket.fate === 'forbidden') return `Zendesk no longer shows you ${name}, so you cannot change it.`
  if (ticket.fate === 'merged') {
    const into = ticket.mergedInto === null ? 'another ticket' : `#${ticket.mergedInto}`
    return `${name} was merged into ${into}. Make the change there.`
  }
  return ticket.status === 'closed' || ticket.fate === 'archived' ? closedWords(wish.ticketId, ticket.tags) : null
}

const aboutPeople: ReadonlySet<string> = new Set<PeopleWishKind>(['add-cc', 'remove-cc', 'follow', 'unfollow'])

function wishRefusal(wish: Wish, facts: PreviewFacts): string | null {
  const { ticket } = facts
  if (aboutPeople.has(wish.kind) && facts.ccsAndFollowers === 'off') {
    return (
      'The feature “CCs and followers” is off in your company’s Zendesk, so it would ignore this without a word. ' +
      'Add the person as a collaborator in Zendesk, or ask an administrator to switch the feature on.'
    )
  }
  if (wish.kind === 'add-cc' && ticket && ticket.ccIds.length >= mostOnCc && !ticket.ccIds.includes(wish.userId)) {
    return `All ${mostOnCc} places on Cc of #${wish.ticketId} are taken. Follow the ticket instead.`
  }
  if (wish.kind === 'follow' && facts.roleOf(wish.userId) === 'end-user') return 'Only agents can follow a ticket.'
  if (wish.kind === 'assign' && facts.roleOf(wish.assigneeId) === 'end-user') {
    return 'A ticket can be assigned to agents only.'
  }
  return wish.kind === 'tags' ? tagsRefusal(wish) : null
}

function tagsRefusal({ add, remove }: Extract<Wish, { kind: 'tags' }>): string | null {
  if (add.length === 0 && remove.length === 0) return 'No tag is named that should be added or taken off.'
  const taken = new Set(remove.map((tag) => tag.toLowerCase()))
  const both = add.find((tag) => taken.has(tag.toLowerCase()))
  return both === undefined ? null : `The tag “${both}” cannot be added and taken off at once.`
}

function holdsWords(wish: Wish, facts: PreviewFacts): string {
  const ticket = `#${wish.ticketId}`
  const is = (userId: number) => (userId === facts.me?.id ? 'You are' : `${personWords(userId, facts)} is`)
  switch (wish.kind) {
    case 'add-cc':
      return `${is(wish.userId)} on Cc of ${ticket} already.`
    case 'remove-cc':
      return `${is(wish.userId)} not on Cc of ${ticket}.`
    case 'follow':
      return `${is(wish.userId)} following ${ticket} already.`
    case 'unfollow':
      return `${is(wish.userId)} not following ${ticket}.`
    case 'assign':
      return `${is(wish.assigneeId)} the assignee of ${ticket} already.`
    case 'tags':
    case 'internal-note':
      return `${ticket} has these tags already.`
  }
}
