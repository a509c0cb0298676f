import { randomUUID } from 'node:crypto'
import type { DeskImport, DeskShape } from '#contract/desk.ts'
import { deskDocumentSchema } from '#contract/desk.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import { deskDifferences } from '#core/desk/desk-differences.ts'
import { deskTexts, environmentFields, type DeskDocument } from '#core/desk/desk-document.ts'
import { writeHours } from '#core/people/hours-words.ts'
import type { Person } from '#core/people/people.ts'
import { readDesk, storeDesk } from '../db/desks.ts'
import { changePerson, type PersonChanges } from '../db/people.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { readOrganization, type Roster, type StoredAccount } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import { listValues } from '../yaml/list-values.ts'
import { faultWords } from '../yaml/read-yaml.ts'
import { writeYaml } from '../yaml/write-yaml.ts'
import { followedAccount } from './desk-page.ts'
import { inventoryKeys, inventoryTextKeys, readInventory } from './read-inventory.ts'
import { readOrganizationFields, teamFields } from './read-organization-fields.ts'
import { isSupportTeam, readSupportTeam } from './read-support-team.ts'
import type { TakenIn } from './taken-in.ts'

/** Where desks are kept. */
export interface ExchangeSetting {
  readonly db: WriteDb
  readonly roster: Roster
  /** Whether people can be changed: those of the sample cannot. */
  readonly mayChangePeople: boolean
  readonly now: number
}

/** What is taken in. */
export type DeskSource = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'organization-fields' }

/**
 * Takes something in; without `apply` it only says what would change.
 *
 * @throws {Refusal} when the account is not followed, or the text cannot be read; nothing is stored then.
 */
export function importDesk(
  setting: ExchangeSetting,
  { accountId, from, apply }: { readonly accountId: number; readonly from: DeskSource; readonly apply: boolean },
): DeskImport {
  const { db, roster, now } = setting
  const account = followedAccount(roster, accountId)
  const { document: before, restricted } = readDesk(db, accountId)
  const taken = takenIn(setting, account, before, from)
  const document = checked(taken.document)
  const changes = [...deskDifferences(before, document), ...taken.people.map(personWords)]
  const isNew = JSON.stringify(document) !== JSON.stringify(before)
  if (apply) {
    transaction(db, () => {
      if (isNew) storeDesk(db, accountId, { document, restricted }, now)
      for (const { id, changes: person } of taken.people) changePerson(db, id, person)
    })
  }
  return {
    shape: taken.shape,
    changes,
    leftOver: [...taken.leftOver],
    stored: apply && changes.length > 0,
    undo: apply && isNew ? { kind: 'replace', document: checked(before) } : null,
  }
}

function takenIn(
  { db, roster, mayChangePeople }: ExchangeSetting,
  account: StoredAccount,
  desk: DeskDocument,
  from: DeskSource,
): TakenIn {
  if (from.kind === 'organization-fields') {
    const fields = readOrganization(db, account.id)?.fields ?? {}
    if (Object.keys(fields).length === 0) {
      throw new Refusal(
        'refused',
        'Zendesk has no fields filled in for this organization, or they were not read yet. Sync first.',
      )
    }
    return readOrganizationFields(fields, desk, randomUUID)
  }
  const read = listValues(from.text)
  if (read.kind === 'fault') throw new Refusal('refused', `This is no YAML that can be read. ${faultWords(read.fault)}`)
  const { values } = read
  if (values.every(({ path, text }) => path.length === 0 || text === '')) {
    throw new Refusal(
      'refused',
      'Line 1, column 1: there are no fields here, like “geo: two sites”. Take a whole file.',
    )
  }
  if (isSupportTeam(values)) {
    return readSupportTeam(values, desk, { people: roster.people, mayChangePeople, newId: randomUUID })
  }
  if (read.isList) {
    throw new Refusal('refused', 'Line 1, column 1: this is a list of something else than people of the Support Team.')
  }
  return readInventory(values, desk, account, randomUUID)
}

/** SECURITY: what came from outside fits the shape of a desk, or is refused as a whole. */
function checked(document: DeskDocument): ReturnType<typeof deskDocumentSchema.parse> {
  const read = deskDocumentSchema.safeParse(document)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Refusal(
    'refused',
    `This is too much for one account: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
  )
}

function personWords({ name, changes }: { readonly name: string; readonly changes: PersonChanges }): string {
  const { region, workingHours, slackHandle } = changes
  const parts = [
    ...(region === undefined ? [] : [`region ${region}`]),
    ...(workingHours === undefined ? [] : [`working hours ${writeHours(workingHours)}`]),
    ...(slackHandle == null ? [] : [`Slack ${slackHandle}`]),
  ]
  return `${name}: ${parts.join(', ')}.`
}

/**
 * The account in one of the shapes, as YAML.
 *
 * @throws {Refusal} when it is not followed, or restricted.
 */
export function exportDesk(
  { db, roster, now }: Pick<ExchangeSetting, 'db' | 'roster' | 'now'>,
  accountId: number,
  as: DeskShape,
): { readonly fileName: string; readonly text: string } {
  const account = followedAccount(roster, accountId)
  const { document, restricted } = readDesk(db, accountId)
  // SECURITY: of a restricted account nothing is copied to another place.
  if (restricted) {
    throw new Refusal(
      'refused',
      `${account.name} is restricted: nothing of it is copied out of Understudy. Look it up here.`,
    )
  }
  const timeZone = roster.me?.timeZone ?? 'UTC'
  const remark = `${account.name}, as Understudy had it on ${isoDay(now, timeZone)}.`
  const value = {
    inventory: () => inventoryOf(account, document),
    'support-team': () => teamOf(account, document, roster, now),
    'organization-fields': () => fieldsOf(account, document, readOrganization(db, accountId)?.fields ?? {}),
  }[as]()
  return { fileName: `${fileNameOf(account)}-${as}.yaml`, text: writeYaml(value, remark) }
}

function inventoryOf(account: StoredAccount, desk: DeskDocument): object {
  return {
    zendesk_org_name: account.name,
    zendesk_org_id: account.id,
    ...named(environmentFields, inventoryKeys, (field) => desk.environment[field]),
    ...named(deskTexts, inventoryTextKeys, (field) => desk[field] || undefined),
    ...(desk.contacts.length === 0
      ? {}
      : {
          contacts: desk.contacts.map(({ name, side, role, reach, howToWork, important }) => ({
            name,
            side,
            ...filled({ role, reach, how_to_work: howToWork }),
            ...(important ? { important } : {}),
          })),
        }),
    ...(desk.resources.length === 0
      ? {}
      : { resources: desk.resources.map(({ title, url, about }) => ({ title, url, ...filled({ about }) })) }),
    ...Object.fromEntries(desk.extras.map(({ name, text }) => [name, text])),
  }
}

function named<Field extends string>(
  fields: readonly Field[],
  keys: Readonly<Record<Field, readonly [string, ...string[]]>>,
  textOf: (field: Field) => string | undefined,
): object {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = textOf(field)
      return text === undefined ? [] : [[keys[field][0], text]]
    }),
  )
}

function teamOf(account: StoredAccount, desk: DeskDocument, roster: Roster, now: number): object[] {
  const covers = roster.coverages.filter(({ accountId, endsAt }) => accountId === account.id && endsAt > now)
  const ids = new Set([account.aseId, ...covers.map(({ coverId }) => coverId)])
  const people = roster.people.filter(({ id }) => ids.has(id))
  return [
    ...people.map((person) => memberOf(person, account)),
    ...desk.contacts
      .filter(({ side }) => side === 'internal')
      .map(({ name, role, reach, howToWork }) => ({
        name,
        title: role,
        region: '',
        ...filled({ reach, how_to_work: howToWork }),
      })),
  ]
}

function memberOf({ id, name, region, timeZone, workingHours, slackHandle }: Person, account: StoredAccount): object {
  return {
    name,
    region,
    working_hours: `${writeHours(workingHours)} ${timeZone}`.trim(),
    ...(slackHandle === null ? {} : { slack: { username: slackHandle.replace(/^@/, '') } }),
    zendesk: { main: { id } },
    ...(id === account.aseId
      ? { focuses: [{ name: 'Assigned Support Engineer', organizations: [{ id: account.id }] }] }
      : {}),
  }
}

function fieldsOf(
  account: StoredAccount,
  desk: DeskDocument,
  fields: Readonly<Record<string, string | number | boolean>>,
): object {
  const team = [...teamFields].flatMap(([field, role]) => {
    const found = desk.contacts.find((contact) => contact.side === 'internal' && contact.role === role)
    return found ? [[field, found.name]] : []
  })
  return {
    ...fields,
    ...Object.fromEntries(team),
    ...(account.aseId === null ? {} : { assigned_se: String(account.aseId) }),
  }
}

function filled(texts: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
}

function fileNameOf({ id, name }: StoredAccount): string {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return plain || String(id)
}
