import type { Wish } from './wish.ts'

/** The most people Zendesk keeps on Cc of one ticket; further ones are left out without a word. */
export const mostOnCc = 48

/** Why nothing can be changed on a closed ticket. */
export function closedWords(ticketId: number, tags: readonly string[]): string {
  return tags.includes('closed_by_merge')
    ? `#${ticketId} was merged into another ticket and is closed. Make the change there.`
    : `#${ticketId} is closed, and Zendesk changes nothing on closed tickets. A follow-up ticket is the way on.`
}

/** A ticket that Zendesk does not have, or does not show to this person. */
export function unreachableWords(ticketId: number, why: 'not-found' | 'forbidden'): string {
  return why === 'not-found'
    ? `#${ticketId} is not in Zendesk any more: it was deleted, or taken out of your sight. Nothing was changed.`
    : `Zendesk does not let you change #${ticketId}. Ask a colleague who may, or an administrator for access.`
}

/** Words for what Zendesk answered to one change it refused. `detail` is the vendor's own sentence, if there was one. */
export function rejectionWords(ticketId: number, detail: string | null, error: string | null = null): string {
  const told = `${error ?? ''} ${detail ?? ''}`
  if (/\bclosed\b/i.test(told)) return closedWords(ticketId, [])
  if (/RecordNotFound|not found/i.test(told)) return unreachableWords(ticketId, 'not-found')
  if (/Forbidden|AccessDenied|not authori[sz]ed/i.test(told)) return unreachableWords(ticketId, 'forbidden')
  if (/not a member|assignee/i.test(told)) {
    return `Zendesk did not accept the assignee of #${ticketId}: they are not in the ticket’s group. Choose a group they are in.`
  }
  const said = detail ?? error
  const quoted = said === null ? 'without saying why' : `: “${said.replace(/\.$/, '')}”`
  return `Zendesk did not accept the change to #${ticketId}${quoted.startsWith(':') ? quoted : ` ${quoted}`}.`
}

/** Whether Zendesk refused a row of a job because the ticket had changed meanwhile. */
export function isOutdated(error: string | null, detail: string | null): boolean {
  return /UpdateConflict|Safe Update|outdated/i.test(`${error ?? ''} ${detail ?? ''}`)
}

/** Zendesk answered yes, the ticket does not show it, and its history does not either. */
export function ignoredWords(wish: Wish, ccCount: number): string {
  const ticket = `#${wish.ticketId}`
  if (wish.kind === 'add-cc' && ccCount >= mostOnCc) {
    return `All ${mostOnCc} places on Cc of ${ticket} are taken, and Zendesk left this one out without a word. Follow the ticket instead.`
  }
  if (wish.kind === 'internal-note') {
    return `Zendesk took the note on ${ticket} and does not show it. Look at the ticket before you send it again.`
  }
  if (wish.kind === 'assign' || wish.kind === 'tags') {
    return `Zendesk took the change to ${ticket} and does not show it. Try again, or make it in Zendesk.`
  }
  return (
    `Zendesk took the change to ${ticket} and ignored it. It does so when its feature “CCs and followers” is off; ` +
    'an administrator can switch it on.'
  )
}

/** A message by the same person that may be the note or may not. */
export function unsureNoteWords(ticketId: number): string {
  return `It is not certain whether the note is on #${ticketId}: a similar one is. Look at the ticket: give this up if it is there, try again if not.`
}

/** What an entry says while nobody knows whether it arrived. */
export const uncertainWords =
  'Zendesk did not say whether this was done. Understudy looks first, and sends it again only if it was not.'

/** A job that Zendesk gave up as a whole, and whose change a look did not find. */
export function jobFailedWords(ticketId: number, message: string | null): string {
  const said = message === null ? '' : ` (“${message.replace(/\.$/, '')}”)`
  return `Zendesk gave up the list of changes that #${ticketId} was in${said}. Nothing was changed on it; try again.`
}

/**
 * Of a restricted account nothing is written from here, and its name is copied nowhere.
 *
 * @param name the account's.
 */
export function restrictedWords(name: string, host: 'Zendesk' | 'GitLab'): string {
  return host === 'GitLab'
    ? `${name} is restricted: nothing is written to GitLab for it, and its name is not copied there. Leave it out, or lift the restriction on the account’s page.`
    : `${name} is restricted: Understudy writes nothing for it, and its name into no other ticket. Make the change in Zendesk itself, or lift the restriction on the account’s page.`
}

/**
 * The same of a change that waited to be sent when the account became restricted.
 *
 * @param begun whether a part of it was made before.
 */
export function restrictedMeanwhileWords(name: string, host: 'Zendesk' | 'GitLab', begun: boolean): string {
  const made = begun ? 'A part of it was made before that: look at it in GitLab.' : 'Nothing was changed.'
  return `This was ordered before the restriction. ${restrictedWords(name, host)} ${made}`
}
