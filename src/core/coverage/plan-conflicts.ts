import { isConflict, sidesOf, type JsonValue, type Sibling, type Versioned } from '../sharing/versioned.ts'
import { entryFields } from './change-plan.ts'
import { termsOf, type EntryDocument, type PlanDocument, type RequestValue } from './plan-document.ts'
import { instantWords, spanWords, type PlanWords } from './plan-words.ts'

/** A field that people changed without knowing of each other's change, with all sides in words. */
export interface PlanConflict {
  /** Names the field for `resolveConflict`. */
  readonly field: string
  readonly about: string
  /** The one that is shown until somebody chooses comes first. */
  readonly sides: readonly { readonly words: string; readonly byName: string | null; readonly at: number }[]
}

/**
 * The fields of a plan that wait for somebody to choose.
 *
 * @param stepWords what a step of the checklist says.
 */
export function planConflicts(
  document: PlanDocument,
  words: PlanWords,
  stepWords: (stepId: string) => string,
): PlanConflict[] {
  const instant = (at: number) => instantWords(at, words.timeZone)
  const ase = words.personName(document.aseId)
  return [
    ...conflictOf(document.startsAt, 'startsAt', `From when ${ase} is away`, instant),
    ...conflictOf(document.endsAt, 'endsAt', `Until when ${ase} is away`, instant),
    ...conflictOf(document.removed, 'removed', `The absence of ${ase}`, (gone) => (gone ? 'taken away' : 'kept')),
    ...Object.entries(document.accounts).flatMap(([id, part]) =>
      conflictOf(part, `account:${id}`, `Whether ${words.accountName(Number(id))} is part of the plan`, yesOrNo),
    ),
    ...Object.entries(document.entries).flatMap(([id, entry]) => entryConflicts(id, entry, words)),
    ...Object.entries(document.steps).flatMap(([id, done]) =>
      conflictOf(done, `step:${id}`, stepWords(id), (ticked) => (ticked ? 'done' : 'not done')),
    ),
  ]
}

function entryConflicts(id: string, entry: EntryDocument, words: PlanWords): PlanConflict[] {
  const { accountId } = termsOf(entry)
  const account = words.accountName(accountId)
  const { personName, accountName, timeZone } = words
  const of: { readonly [Field in (typeof entryFields)[number]]: () => PlanConflict[] } = {
    account: () => conflictOf(entry.account, named('account'), `Which account ${coverOf()} covers`, accountName),
    cover: () => conflictOf(entry.cover, named('cover'), `Who covers ${account}`, personName),
    from: () => conflictOf(entry.from, named('from'), `From when ${account} is covered`, instant),
    to: () => conflictOf(entry.to, named('to'), `Until when ${account} is covered`, instant),
    removed: () =>
      conflictOf(entry.removed, named('removed'), `Whether ${coverOf()} covers ${account}`, (gone) =>
        gone ? 'taken out' : 'kept, with what was changed meanwhile',
      ),
    request: () => conflictOf(entry.request, named('request'), `The request to cover ${account}`, request),
  }
  const named = (field: string) => `entry:${id}:${field}`
  const coverOf = () => personName(termsOf(entry).coverId)
  const instant = (at: number) => instantWords(at, timeZone)
  const request = ({ state, of: terms, words: said }: RequestValue) =>
    `${personName(terms.coverId)} ${state === 'asked' ? 'was asked for' : state} ${accountName(terms.accountId)} ` +
    `${spanWords(terms, timeZone)}${said === null ? '' : `: “${said}”`}`
  return entryFields.flatMap((field) => of[field]())
}

function conflictOf<Value extends JsonValue>(
  field: Versioned<Value>,
  name: string,
  about: string,
  words: (value: Value) => string,
): PlanConflict[] {
  if (!isConflict(field)) return []
  const side = ({ value, by, at }: Sibling<Value>) => ({ words: words(value), byName: by, at })
  return [{ field: name, about, sides: sidesOf(field).map(side) }]
}

function yesOrNo(part: boolean): string {
  return part ? 'part of it' : 'not part of it'
}
