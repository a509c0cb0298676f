import { instantWords } from '#core/coverage/plan-words.ts'
import { environmentFields, environmentNames, type DeskDocument } from '#core/desk/desk-document.ts'
import type { AccountText, HandoffDocument } from '#core/handoff/handoff-document.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import { readDesk } from '../db/desks.ts'
import { handoffsOfAccount } from '../db/handoffs.ts'
import type { ReadDb } from '../db/sql.ts'

/** What is known already for a text of an account, and where it is from. */
export interface Prefill {
  readonly value: string
  readonly from: string
  /** What the account page has may be newer than the text; what the last handoff had is older. */
  readonly isPage: boolean
}

/** Letters of a text of an account. */
const longestText = 4000

/**
 * What is known already for the texts of an account: its page has who, what and where; the handoff before this one has the rest.
 *
 * @param before the handoff before, as `handoffBefore` finds it.
 */
export function prefillOf(
  db: ReadDb,
  accountId: number,
  before: HandoffDocument | null,
  timeZone: string,
): Readonly<Partial<Record<AccountText, Prefill>>> {
  const { document } = readDesk(db, accountId)
  const until = before && shownOf(before.window)?.value.endsAt
  const from = until == null ? '' : `The handoff of the absence until ${instantWords(until, timeZone)}`
  const texts: Readonly<Record<AccountText, string>> = {
    ...{ contacts: contactsOf(document), environment: environmentOf(document), resources: resourcesOf(document) },
    ...{ mood: '', paused: '', dates: '' },
  }
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, page]): [string, Prefill][] => {
      if (page !== '') return [[name, { value: page.slice(0, longestText), from: 'The account page', isPage: true }]]
      const value = shownOf(before?.texts[name] ?? [])?.value.trim() ?? ''
      return value === '' ? [] : [[name, { value, from, isPage: false }]]
    }),
  )
}

/** The last handoff of an account that was for an absence before this one; null where there is none. */
export function handoffBefore(db: ReadDb, accountId: number, startsAt: number): HandoffDocument | null {
  const earlier = handoffsOfAccount(db, accountId).flatMap((document) => {
    const starts = shownOf(document.window)?.value.startsAt ?? Infinity
    return starts < startsAt ? [{ document, starts }] : []
  })
  return earlier.toSorted((a, b) => a.starts - b.starts).at(-1)?.document ?? null
}

function contactsOf({ contacts, slackChannel, cadence }: DeskDocument): string {
  const people = contacts
    .toSorted((a, b) => Number(b.important) - Number(a.important))
    .map(({ name, role, side, reach, howToWork }) =>
      [
        `- ${[name, role].filter((part) => part !== '').join(', ')} (${side === 'customer' ? 'customer' : 'ours'})`,
        ...[reach, howToWork].filter((part) => part !== ''),
      ].join('; '),
    )
  return [
    ...people,
    ...(slackChannel === '' ? [] : [`Slack: ${slackChannel}`]),
    ...(cadence === '' ? [] : [`Calls: ${cadence}`]),
  ].join('\n')
}

function environmentOf({ environment, environmentNote }: DeskDocument): string {
  const fields = environmentFields.flatMap((field) => {
    const text = environment[field]?.trim() ?? ''
    return text === '' ? [] : [`${environmentNames[field]}: ${text}`]
  })
  return [...fields, ...(environmentNote.trim() === '' ? [] : [environmentNote.trim()])].join('\n')
}

function resourcesOf({ resources }: DeskDocument): string {
  return resources.map(({ title, url, about }) => `- ${title}: ${url}${about === '' ? '' : ` (${about})`}`).join('\n')
}
