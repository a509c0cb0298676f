import type { DeskDocument } from '#core/desk/desk-document.ts'
import { withContacts, withExtras, type LeftOver, type TakenIn } from './taken-in.ts'

/** Fields of an organization that name somebody of the account team, with the role that is meant. */
export const teamFields: ReadonlyMap<string, string> = new Map([
  ['technical_account_manager', 'Customer Success Manager'],
  ['account_owner', 'Account owner'],
  ['solutions_architect', 'Solutions architect'],
])

const links = new Set(['assigned_se', 'assigned_support_engineer', 'ase', 'am_project_id'])

/** Takes the fields of an organization, as Zendesk has them, into a desk. */
export function readOrganizationFields(
  fields: Readonly<Record<string, string | number | boolean>>,
  desk: DeskDocument,
  newId: () => string,
): TakenIn {
  const given = Object.entries(fields).map(([name, value]) => ({ name, text: String(value).trim() }))
  const contacts = given.flatMap(({ name, text }) => {
    const role = teamFields.get(name)
    return role === undefined || text === '' ? [] : [{ side: 'internal' as const, name: nameIn(text), role }]
  })
  const licence = [
    given.find(({ name }) => name === 'support_level')?.text,
    given.find(({ name }) => name === 'expiration_date')?.text.replace(/^/, 'until '),
  ].filter((part) => part !== undefined)
  const leftOver = given.flatMap(({ name, text }): LeftOver[] => {
    if (text === '' || teamFields.has(name) || name === 'support_level' || name === 'expiration_date') return []
    const words = links.has(name)
      ? 'Suggested under Edit, where ASE and GitLab project are chosen.'
      : 'No field of its own: kept under its name.'
    return [{ name, text, words, line: null, column: null }]
  })
  const document = {
    ...desk,
    contacts: withContacts(desk.contacts, contacts, newId),
    environment: licence.length === 0 ? desk.environment : { ...desk.environment, licence: licence.join(', ') },
  }
  const kept = leftOver.filter(({ name }) => !links.has(name))
  return { shape: 'organization-fields', document: withExtras(document, kept, newId), people: [], leftOver }
}

/** Zendesk writes a choice of a list as `jill_doe`. */
function nameIn(text: string): string {
  return /^[a-z]+(_[a-z]+)+$/.test(text)
    ? text.replaceAll(/(^|_)([a-z])/g, (_, gap: string, letter: string) => `${gap && ' '}${letter.toUpperCase()}`)
    : text
}
