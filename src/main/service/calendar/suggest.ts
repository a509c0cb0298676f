import type { Person } from '#core/people/people.ts'
import type { CalendarContents } from './calendar-event.ts'

/** What events of a title are taken for until a person decides. */
export type SuggestedUse = 'absence' | 'on-call' | 'neither'

const onCall = /\bon[\s-]?call\b|\bpager\s?duty\b|\bbereitschaft|\brufbereitschaft|\bstandby\b/iu
const absence =
  /\b(pto|ooo|vacations?|holidays?|time[\s-]?off|day off|days off|leave|sick(ness)?|away|absen(t|ce)|out of (the )?office|family and friends|parental|bereavement|urlaub\p{L}*|abwesen\p{L}*|elternzeit|krank\p{L}*|feiertag|vacances|congés?|vacaciones|férias|ferie)\b/iu

/** What events of a title look like. */
export function suggestedUse(title: string): SuggestedUse {
  if (onCall.test(title)) return 'on-call'
  return absence.test(title) ? 'absence' : 'neither'
}

/** Whose calendar it looks like: the one person whom its name, its organizers, or all of its titles name. Null where it is not clear. */
export function suggestedPerson(contents: CalendarContents, people: readonly Person[]): number | null {
  const { name, people: named, events } = contents
  const titles = [...new Set(events.map(({ title }) => title))]
  const sources = [name === null ? [] : [name], named, titles]
  for (const texts of sources) {
    const found = people.filter((person) => texts.some((text) => names(text, person.name)))
    if (found.length === 1) return found[0]?.id ?? null
    if (found.length > 1) return null
  }
  return null
}

/** Whether a text has all the words of a name in it, in any order: `Weber, Jonas`, `jonas.weber@example.com`. */
function names(text: string, name: string): boolean {
  const words = new Set(wordsOf(text))
  const own = wordsOf(name)
  return own.length > 0 && own.every((word) => words.has(word))
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}
