import { readHours } from '#core/people/hours-words.ts'
import type { DeskDocument } from '#core/desk/desk-document.ts'
import type { Person } from '#core/people/people.ts'
import type { PersonChanges } from '../db/people.ts'
import type { YamlValue } from '../yaml/list-values.ts'
import { sameName, withContacts, withExtras, type FoundContact, type LeftOver, type TakenIn } from './taken-in.ts'

/** Who is known here, whether they can be changed, and what gives an id to a new row. */
export interface TeamSetting {
  readonly people: readonly Person[]
  /** Those of the sample are made up anew each time, so nothing is changed of them. */
  readonly mayChangePeople: boolean
  readonly newId: () => string
}

type Fields = ReadonlyMap<string, YamlValue>

/** Whether values are of people as the Support Team lists them, rather than an inventory. */
export function isSupportTeam(values: readonly YamlValue[]): boolean {
  const top = values.flatMap(({ path }) => path.filter((part) => typeof part === 'string').slice(0, 1))
  return top.includes('name') && ['working_hours', 'focuses', 'region'].some((key) => top.includes(key))
}

/**
 * Takes in entries of the Support Team, one or a list. Somebody known here gets region, working hours and Slack handle; somebody else
 * becomes an internal contact. What has no place is kept under the person's name.
 */
export function readSupportTeam(values: readonly YamlValue[], desk: DeskDocument, setting: TeamSetting): TakenIn {
  const entries = peopleIn(values).map((fields) => entryOf(fields, setting))
  const leftOver = entries.flatMap((entry) => entry.leftOver)
  const contacts = withContacts(
    desk.contacts,
    entries.flatMap(({ contact }) => contact ?? []),
    setting.newId,
  )
  return {
    shape: 'support-team',
    document: withExtras(
      { ...desk, contacts },
      leftOver.filter(({ text }) => text !== ''),
      setting.newId,
    ),
    people: entries.flatMap(({ person }) => person ?? []),
    leftOver,
  }
}

/** Values of each person by their names. */
function peopleIn(values: readonly YamlValue[]): Fields[] {
  const people = new Map<string, Map<string, YamlValue>>()
  for (const value of values) {
    const [first, ...rest] = value.path
    const isListed = typeof first === 'number'
    const whose = isListed ? String(first) : ''
    const fields = people.get(whose) ?? new Map<string, YamlValue>()
    people.set(whose, fields)
    fields.set((isListed ? rest : value.path).join('.'), value)
  }
  return [...people.values()]
}

interface Entry {
  readonly person: TakenIn['people'][number] | null
  readonly contact: FoundContact | null
  readonly leftOver: readonly LeftOver[]
}

function entryOf(fields: Fields, setting: TeamSetting): Entry {
  const text = (key: string) => fields.get(key)?.text.trim() ?? ''
  const name = text('name')
  const rest = (understood: readonly string[], words: string) =>
    [...fields]
      .filter(([key, value]) => !understood.includes(key) && value.text.trim() !== '')
      .map(([key, value]) => leftOverOf(name, key, value, words))
  if (name === '') {
    return { person: null, contact: null, leftOver: rest([], 'There is no name with it, so nobody knows whose it is.') }
  }
  const known = setting.people.find((person) => isMeant(person, name, fields))
  if (!known) return { person: null, ...contactOf(name, text, rest) }
  const read = changesOf(known, text)
  const kept = rest(['name', ...zendeskKeys, ...read.understood], 'No place for it here: kept under its name.')
  if (setting.mayChangePeople) {
    const person =
      Object.keys(read.changes).length === 0 ? null : { id: known.id, name: known.name, changes: read.changes }
    return { person, contact: null, leftOver: kept }
  }
  const words = 'The people of the sample are made up anew each time it opens, so this is not taken in.'
  const unchanged = rest(['name', ...zendeskKeys], words).filter(({ name: key }) =>
    read.understood.some((one) => key === `${name}: ${one}`),
  )
  return { person: null, contact: null, leftOver: [...unchanged.map((one) => ({ ...one, text: '' })), ...kept] }
}

const zendeskKeys = ['zendesk', 'zendesk.id', 'zendesk.main.id', 'zendesk.global.id']

function isMeant({ id, name }: Person, written: string, fields: Fields): boolean {
  return zendeskKeys.some((key) => fields.get(key)?.text === String(id)) || sameName(name, written)
}

/** What is said of somebody known, and by which fields. */
function changesOf(
  person: Person,
  text: (key: string) => string,
): { readonly changes: PersonChanges; readonly understood: readonly string[] } {
  const region = text('region')
  const slackKey = ['slack.username', 'slack'].find((key) => text(key) !== '')
  const handle = slackKey === undefined ? null : `@${text(slackKey).replace(/^@/, '')}`
  const hours = hoursIn(text('working_hours'), person.timeZone)
  return {
    changes: {
      ...(region === '' || region === person.region ? {} : { region }),
      ...(hours === null || JSON.stringify(hours) === JSON.stringify(person.workingHours)
        ? {}
        : { workingHours: hours }),
      ...(handle === null || handle === person.slackHandle ? {} : { slackHandle: handle }),
    },
    understood: ['region', ...(hours === null ? [] : ['working_hours']), ...(slackKey === undefined ? [] : [slackKey])],
  }
}

/** Working hours with the zone of their person or none behind them; null for anything else. */
function hoursIn(text: string, timeZone: string) {
  const bare = text.endsWith(timeZone) ? text.slice(0, -timeZone.length).replace(/[\s(]+$/, '') : text
  const hours = bare.trim() === '' ? null : readHours(bare.replace(/\)$/, '').trim())
  return hours
}

function contactOf(
  name: string,
  text: (key: string) => string,
  rest: (understood: readonly string[], words: string) => LeftOver[],
): Pick<Entry, 'contact' | 'leftOver'> {
  const slackKey = ['slack.username', 'slack'].find((key) => text(key) !== '') ?? 'slack'
  const handle = text(slackKey)
  const ways = [text('reach'), text('email'), handle && `Slack @${handle.replace(/^@/, '')}`, text('calendly')]
  const hours = [text('region'), text('working_hours')].filter(Boolean).join(', ')
  return {
    contact: {
      side: 'internal',
      name,
      role: text('title'),
      reach: ways.filter(Boolean).join(', '),
      howToWork: text('how_to_work') || (hours && `Works ${hours}.`),
    },
    leftOver: rest(
      ['name', 'title', 'reach', 'email', slackKey, 'calendly', 'region', 'working_hours', 'how_to_work'],
      'No place for it here: kept under its name.',
    ),
  }
}

function leftOverOf(person: string, key: string, { text, line, column }: YamlValue, words: string): LeftOver {
  return { name: person === '' ? key : `${person}: ${key}`, text: text.trim(), words, line, column }
}
