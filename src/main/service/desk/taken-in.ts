import type { DeskImport } from '#contract/desk.ts'
import type { DeskContact, DeskDocument } from '#core/desk/desk-document.ts'
import type { PersonChanges } from '../db/people.ts'

/** Something that was not understood, with where it stands. */
export type LeftOver = DeskImport['leftOver'][number]

/** What a text says of an account. */
export interface TakenIn {
  readonly shape: DeskImport['shape']
  readonly document: DeskDocument
  /** What it says of people who are known here. */
  readonly people: readonly { readonly id: number; readonly name: string; readonly changes: PersonChanges }[]
  readonly leftOver: readonly LeftOver[]
}

/** A contact as a text has it: what it leaves out is empty. */
export type FoundContact = Pick<DeskContact, 'side' | 'name'> & Partial<Omit<DeskContact, 'id' | 'side' | 'name'>>

/** The contacts with others taken in: somebody of the same side and name gets what is filled in, the others are new. */
export function withContacts(
  contacts: readonly DeskContact[],
  found: readonly FoundContact[],
  newId: () => string,
): DeskContact[] {
  return found.reduce<DeskContact[]>(
    (all, one) => {
      const isSame = ({ side, name }: DeskContact) => side === one.side && sameName(name, one.name)
      const known = all.find(isSame)
      if (known)
        return all.map((contact) => (contact === known ? { ...contact, ...filled(one), name: contact.name } : contact))
      const empty = { role: '', reach: '', howToWork: '', important: false }
      return [...all, { id: newId(), ...empty, ...one }]
    },
    [...contacts],
  )
}

/** The document with things that have no field of their own; one of the same name is replaced. */
export function withExtras(
  document: DeskDocument,
  found: readonly { readonly name: string; readonly text: string }[],
  newId: () => string,
): DeskDocument {
  const extras = found.reduce(
    (all, { name, text }) =>
      all.some((extra) => extra.name === name)
        ? all.map((extra) => (extra.name === name ? { ...extra, text } : extra))
        : [...all, { id: newId(), name, text }],
    [...document.extras],
  )
  return { ...document, extras }
}

/** Whether two names are one, but for case and white space. */
export function sameName(one: string, other: string): boolean {
  const plain = (name: string) => name.trim().replaceAll(/\s+/g, ' ').toLowerCase()
  return plain(one) === plain(other)
}

function filled(contact: FoundContact): Partial<DeskContact> {
  return Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== '' && value !== undefined))
}
