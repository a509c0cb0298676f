import type { DeskContact, DeskDocument, DeskExtra, DeskResource, DeskText, EnvironmentField } from './desk-document.ts'
import type { OnboardingStepId } from './onboarding-policy.ts'

/** One change to one field or row of a desk. `at` is the place in its list, the end where it is left out. */
export type DeskChange =
  | { readonly kind: 'put-contact'; readonly contact: DeskContact; readonly at?: number | undefined }
  | { readonly kind: 'remove-contact'; readonly id: string }
  | { readonly kind: 'put-resource'; readonly resource: DeskResource; readonly at?: number | undefined }
  | { readonly kind: 'remove-resource'; readonly id: string }
  | { readonly kind: 'put-extra'; readonly extra: DeskExtra; readonly at?: number | undefined }
  | { readonly kind: 'remove-extra'; readonly id: string }
  | { readonly kind: 'environment'; readonly field: EnvironmentField; readonly text: string }
  | { readonly kind: 'text'; readonly field: DeskText; readonly text: string }
  | { readonly kind: 'starts-on'; readonly day: string | null }
  | { readonly kind: 'tick'; readonly stepId: OnboardingStepId; readonly at: number | null }
  /** Everything at once: what an import and its undoing do. */
  | { readonly kind: 'replace'; readonly document: DeskDocument }

/** A desk after a change, and the change that takes it back; null when nothing changed. */
export interface ChangedDesk {
  readonly desk: DeskDocument
  readonly undo: DeskChange | null
}

/** Makes one change. Texts are stored without white space around them; an empty one is none. */
export function changeDesk(desk: DeskDocument, change: DeskChange): ChangedDesk {
  const after = changed(desk, change)
  return { desk: after, undo: JSON.stringify(after) === JSON.stringify(desk) ? null : undoOf(desk, change) }
}

function changed(desk: DeskDocument, change: DeskChange): DeskDocument {
  switch (change.kind) {
    case 'put-contact':
      return { ...desk, contacts: put(desk.contacts, trimmed(change.contact), change.at) }
    case 'remove-contact':
      return { ...desk, contacts: desk.contacts.filter(({ id }) => id !== change.id) }
    case 'put-resource':
      return { ...desk, resources: put(desk.resources, trimmed(change.resource), change.at) }
    case 'remove-resource':
      return { ...desk, resources: desk.resources.filter(({ id }) => id !== change.id) }
    case 'put-extra':
      return { ...desk, extras: put(desk.extras, trimmed(change.extra), change.at) }
    case 'remove-extra':
      return { ...desk, extras: desk.extras.filter(({ id }) => id !== change.id) }
    case 'environment': {
      const { [change.field]: _, ...others } = desk.environment
      const text = change.text.trim()
      return { ...desk, environment: text === '' ? others : { ...desk.environment, [change.field]: text } }
    }
    case 'text':
      return { ...desk, [change.field]: change.text.trim() }
    case 'starts-on':
      return { ...desk, onboarding: { ...desk.onboarding, startsOn: change.day } }
    case 'tick': {
      const { [change.stepId]: _, ...others } = desk.onboarding.ticked
      const ticked = change.at === null ? others : { ...others, [change.stepId]: change.at }
      return { ...desk, onboarding: { ...desk.onboarding, ticked } }
    }
    case 'replace':
      return change.document
  }
}

function undoOf(desk: DeskDocument, change: DeskChange): DeskChange {
  switch (change.kind) {
    case 'put-contact':
    case 'remove-contact': {
      const id = change.kind === 'put-contact' ? change.contact.id : change.id
      const { row: contact, at } = rowOf(desk.contacts, id)
      return contact ? { kind: 'put-contact', contact, at } : { kind: 'remove-contact', id }
    }
    case 'put-resource':
    case 'remove-resource': {
      const id = change.kind === 'put-resource' ? change.resource.id : change.id
      const { row: resource, at } = rowOf(desk.resources, id)
      return resource ? { kind: 'put-resource', resource, at } : { kind: 'remove-resource', id }
    }
    case 'put-extra':
    case 'remove-extra': {
      const id = change.kind === 'put-extra' ? change.extra.id : change.id
      const { row: extra, at } = rowOf(desk.extras, id)
      return extra ? { kind: 'put-extra', extra, at } : { kind: 'remove-extra', id }
    }
    case 'environment':
      return { kind: 'environment', field: change.field, text: desk.environment[change.field] ?? '' }
    case 'text':
      return { kind: 'text', field: change.field, text: desk[change.field] }
    case 'starts-on':
      return { kind: 'starts-on', day: desk.onboarding.startsOn }
    case 'tick':
      return { kind: 'tick', stepId: change.stepId, at: desk.onboarding.ticked[change.stepId] ?? null }
    case 'replace':
      return { kind: 'replace', document: desk }
  }
}

type Row = DeskContact | DeskResource | DeskExtra

/** The list with a row in the place of the one with its id; a new one stands at `at`, or at the end. */
function put<One extends Row>(rows: readonly One[], row: One, at = rows.length): One[] {
  return rows.some(({ id }) => id === row.id)
    ? rows.map((one) => (one.id === row.id ? row : one))
    : rows.toSpliced(at, 0, row)
}

function rowOf<One extends Row>(rows: readonly One[], id: string): { readonly row: One | undefined; at: number } {
  const at = rows.findIndex((row) => row.id === id)
  return { row: rows[at], at }
}

function trimmed<One extends Row>(row: One): One {
  const entries = Object.entries(row).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value])
  return Object.fromEntries(entries) as One
}
