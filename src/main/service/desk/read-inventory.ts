import { deskTexts, type DeskDocument, type DeskText, type EnvironmentField } from '#core/desk/desk-document.ts'
import { Refusal } from '../refusal.ts'
import type { YamlValue } from '../yaml/list-values.ts'
import { withContacts, withExtras, type FoundContact, type LeftOver, type TakenIn } from './taken-in.ts'

/** The key under which each field of an environment is written, and others under which it is read. */
export const inventoryKeys: Readonly<Record<EnvironmentField, readonly [written: string, ...read: string[]]>> = {
  platform: ['deployment_platform', 'platform', 'hosting', 'cloud_provider'],
  gitlab: ['gitlab_deployment', 'gitlab', 'gitlab_version', 'version', 'deployment', 'architecture', 'installation'],
  runners: ['runner_deployment', 'runners', 'runner', 'gitlab_runner', 'gitlab_runner_deployment'],
  registry: ['container_registry', 'registry', 'registries', 'package_registry', 'container_registries'],
  geo: ['geo', 'gitlab_geo'],
  search: ['advanced_search', 'search', 'elasticsearch', 'opensearch'],
  database: ['database', 'postgresql', 'postgres'],
  redis: ['redis'],
  gitaly: ['gitaly', 'gitaly_cluster', 'praefect'],
  integrations: ['integrations', 'integration'],
  licence: ['licence', 'license', 'subscription'],
  security: ['security_features', 'security', 'security_policies', 'security_scanners'],
  access: ['user_access', 'access', 'authentication', 'sso', 'saml'],
  zeroDowntime: ['zero_downtime_upgrades', 'zero_downtime', 'zero_downtime_upgrade'],
}

/** The same for the single texts. */
export const inventoryTextKeys: Readonly<Record<DeskText, readonly [written: string, ...read: string[]]>> = {
  environmentNote: ['notes', 'remarks', 'environment_notes'],
  slackChannel: ['slack_channel', 'slack'],
  cadence: ['cadence', 'cadence_call', 'cadence_calls'],
}

/** Links that become resources, by what they are called. */
const links: ReadonlyMap<string, string> = new Map([
  ['collaborationproject', 'Collaboration project'],
  ['collaborationprojectlink', 'Collaboration project'],
  ['orgnote', 'Organization note'],
  ['orgnotelink', 'Organization note'],
  ['weeklyticketreviewtemplate', 'Weekly ticket review template'],
  ['weeklyticketreviewtemplatelink', 'Weekly ticket review template'],
])

const wrappers = new Set(['environment', 'infrastructure', 'inventory'])

/** Whose inventory it is to be. */
export interface InventoryOf {
  readonly id: number
  readonly name: string
}

/** What of an inventory belongs together: a name with its text, or several lines under one name. */
interface Entry extends Pick<YamlValue, 'line' | 'column'> {
  readonly name: string
  readonly text: string
}

/**
 * Takes an inventory into a desk: free texts by the names people use for them. What has no field of its own is kept under its own name.
 *
 * @param newId gives an id to each new row.
 * @throws {Refusal} when it says that it is of another organization.
 */
export function readInventory(
  values: readonly YamlValue[],
  desk: DeskDocument,
  account: InventoryOf,
  newId: () => string,
): TakenIn {
  const leftOver: LeftOver[] = []
  const rows = values.filter(({ path }) => (path[0] === 'contacts' || path[0] === 'resources') && path.length > 1)
  const entries = entriesOf(values.filter((value) => !rows.includes(value)))
  const contacts = contactsIn(rowsOf(rows, 'contacts'), leftOver)
  const listed = resourcesIn(rowsOf(rows, 'resources'), leftOver)
  const found = sortedOut(entries, account, leftOver)
  const resources = withResources(desk.resources, [...listed, ...found.resources], newId)
  const document = {
    ...desk,
    ...found.texts,
    environment: { ...desk.environment, ...found.environment },
    contacts: withContacts(desk.contacts, contacts, newId),
    resources,
  }
  return {
    shape: 'inventory',
    document: withExtras(
      document,
      leftOver.filter(({ text }) => text !== ''),
      newId,
    ),
    people: [],
    leftOver,
  }
}

/** Values of one name together; those of a list are lines. */
function entriesOf(values: readonly YamlValue[]): Entry[] {
  const entries = new Map<string, Entry>()
  for (const { path, text, line, column } of values) {
    const name = path.filter((part) => typeof part === 'string').join('.')
    const before = entries.get(name)
    entries.set(
      name,
      before ? { ...before, text: `${before.text}\n${text}` } : { name, text: text.trim(), line, column },
    )
  }
  return [...entries.values()]
}

interface SortedOut {
  readonly environment: DeskDocument['environment']
  readonly texts: Partial<Pick<DeskDocument, DeskText>>
  readonly resources: readonly FoundResource[]
}

function sortedOut(entries: readonly Entry[], account: InventoryOf, leftOver: LeftOver[]): SortedOut {
  const byField = new Map<EnvironmentField, Entry[]>()
  const texts: Record<string, string> = {}
  const resources: FoundResource[] = []
  for (const entry of entries) {
    if (entry.text === '') continue
    const key = keyOf(entry.name)
    const field = fieldNamed(key, inventoryKeys)
    const text = deskTexts.find((one) => inventoryTextKeys[one].some((name) => keyOf(name) === key))
    const title = links.get(key)
    if (field) byField.set(field, [...(byField.get(field) ?? []), entry])
    else if (text) texts[text] = entry.text
    else if (title !== undefined && isAddress(entry.text)) resources.push({ title, url: entry.text, about: '' })
    else if (!saysWhose(key, entry, account)) leftOver.push(unknown(entry))
  }
  return {
    environment: Object.fromEntries([...byField].map(([field, all]) => [field, joined(field, all)])),
    texts,
    resources,
  }
}

/** Several names of one field are lines, each with its own name before it. */
function joined(field: EnvironmentField, entries: readonly Entry[]): string {
  const [own] = inventoryKeys[field]
  return entries
    .toSorted((a, b) => Number(keyOf(b.name) === keyOf(own)) - Number(keyOf(a.name) === keyOf(own)))
    .map(({ name, text }, index) =>
      entries.length === 1 || (index === 0 && keyOf(name) === keyOf(own)) ? text : `${wordsOf(name)}: ${text}`,
    )
    .join('\n')
}

function saysWhose(key: string, { text, line }: Entry, { id, name }: InventoryOf): boolean {
  if (['zendeskorgname', 'zendeskorganization', 'organization', 'account', 'customer'].includes(key))
    return text === name
  if (!['zendeskorgid', 'organizationid', 'accountid'].includes(key)) return false
  if (text === String(id)) return true
  throw new Refusal(
    'refused',
    `Line ${line}: this is of organization ${text}, and ${name} is organization ${id}. Open the other account, or take the line out.`,
  )
}

type FoundResource = { readonly title: string; readonly url: string; readonly about: string }

function withResources(
  resources: DeskDocument['resources'],
  found: readonly FoundResource[],
  newId: () => string,
): DeskDocument['resources'] {
  return found.reduce(
    (all, one) =>
      all.some(({ url }) => url === one.url)
        ? all.map((resource) =>
            resource.url === one.url ? { ...resource, title: one.title, about: one.about || resource.about } : resource,
          )
        : [...all, { id: newId(), ...one }],
    [...resources],
  )
}

type Row = ReadonlyMap<string, Entry>

/** The rows of a list, each as its fields by name. */
function rowsOf(values: readonly YamlValue[], list: string): Row[] {
  const rows = new Map<string, Map<string, Entry>>()
  for (const { path, text, line, column } of values.filter(({ path: [first] }) => first === list)) {
    const row = rows.get(String(path[1])) ?? new Map<string, Entry>()
    rows.set(String(path[1]), row)
    const key = path.slice(2).join('.')
    row.set(key, { name: `${list}.${path.slice(1).join('.')}`, text: text.trim(), line, column })
  }
  return [...rows.values()]
}

function contactsIn(rows: readonly Row[], leftOver: LeftOver[]): FoundContact[] {
  const known = new Set(['name', 'side', 'role', 'reach', 'how_to_work', 'important'])
  return rows.flatMap((row) => {
    const text = (key: string) => row.get(key)?.text ?? ''
    const name = text('name')
    const isUsable = name !== '' && ['', 'customer', 'internal'].includes(text('side'))
    leftOver.push(...[...row].filter(([key]) => !isUsable || !known.has(key)).map(([, entry]) => unknown(entry)))
    if (!isUsable) return []
    const side = text('side') === 'internal' ? 'internal' : 'customer'
    const words = { role: text('role'), reach: text('reach'), howToWork: text('how_to_work') }
    return [{ side, name, ...words, important: text('important') === 'true' }]
  })
}

function resourcesIn(rows: readonly Row[], leftOver: LeftOver[]): FoundResource[] {
  const known = new Set(['title', 'url', 'about'])
  return rows.flatMap((row) => {
    const [title, url, about] = ['title', 'url', 'about'].map((key) => row.get(key)?.text ?? '')
    const isUsable = title !== '' && isAddress(url)
    leftOver.push(...[...row].filter(([key]) => !isUsable || !known.has(key)).map(([, entry]) => unknown(entry)))
    return isUsable ? [{ title: title ?? '', url: url ?? '', about: about ?? '' }] : []
  })
}

/** SECURITY: an address is opened with one press, so it is an https one or none. */
function isAddress(text: string | undefined): boolean {
  return URL.parse(text ?? '')?.protocol === 'https:'
}

function unknown({ name, text, line, column }: Entry): LeftOver {
  return { name: name === '' ? 'text' : name, text, words: 'No field of its own: kept under its name.', line, column }
}

function fieldNamed(
  key: string,
  keys: Readonly<Record<EnvironmentField, readonly string[]>>,
): EnvironmentField | undefined {
  const [field] = Object.entries(keys).find(([, names]) => names.some((name) => keyOf(name) === key)) ?? []
  return field as EnvironmentField | undefined
}

/** A name without case, signs and what only wraps it. */
function keyOf(name: string): string {
  const [first = '', ...rest] = name.split('.')
  const inner = rest.length > 0 && wrappers.has(first.toLowerCase()) ? rest : [first, ...rest]
  return inner
    .join('')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}

function wordsOf(name: string): string {
  const words = name.replaceAll(/[._-]+/g, ' ').trim()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
