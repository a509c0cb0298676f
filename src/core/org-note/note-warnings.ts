import type { InstantMs } from '../instant.ts'
import type { LintedQuestion } from './linted-question.ts'
import type { TemporarySentence } from './temporary-text.ts'
import { Temporal } from 'temporal-polyfill'

/** What is known of whom a note is about. */
export interface NoteFacts {
  readonly now: InstantMs
  /** IANA zone in which days end: the ASE's. */
  readonly timeZone: string
  readonly ase: { readonly name: string; readonly slackHandle: string | null; readonly region: string } | null
  /** Of a restricted account, whose name must stand nowhere else; null otherwise. */
  readonly restrictedName: string | null
}

/** Something in a note that somebody has to look at. */
export interface NoteWarning {
  readonly kind: 'ended' | 'no-end' | 'other-ase' | 'other-region' | 'personal' | 'customer-name' | 'empty'
  /** From 1; null where it is about the whole. */
  readonly line: number | null
  readonly words: string
}

const mail = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
const phone =
  /(?<![\w.])(?:\+\d{1,3}[ ().-]?(?:\d[ ().-]{0,2}){6,14}\d|\(\d{3}\) ?\d{3}[ -]\d{4}|\d{3}-\d{3}-\d{4})(?![\w-])/g

/** What is wrong with a note, whichever questions it answers; from its beginning to its end. */
export function noteWarnings(
  note: string,
  about: {
    readonly questions: readonly LintedQuestion[]
    readonly temporary: readonly TemporarySentence[]
    readonly facts: NoteFacts
  },
): readonly NoteWarning[] {
  const { questions, temporary, facts } = about
  if (note.trim() === '') return [{ kind: 'empty', line: null, words: 'The note is empty.' }]
  return [
    ...temporary.flatMap((sentence) => temporaryWarning(sentence, facts)),
    ...personWarnings(questions, facts),
    ...note.split('\n').flatMap((text, index) => lineWarnings(text, index + 1, facts)),
  ].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

function temporaryWarning({ line, until }: TemporarySentence, { now, timeZone }: NoteFacts): NoteWarning[] {
  if (until === null) {
    const words = 'This holds for a time and does not say until when. Write its last day, like “until 2026-03-02”.'
    return [{ kind: 'no-end', line, words }]
  }
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return until < today ? [{ kind: 'ended', line, words: `This ended on ${until}. Take it out.` }] : []
}

function personWarnings(questions: readonly LintedQuestion[], { ase }: NoteFacts): NoteWarning[] {
  if (!ase) return []
  const who = answersOf(questions, 'ase')
  const names = [
    ...ase.name.split(/\s+/).filter((part) => part.length > 1),
    ...(ase.slackHandle ? [ase.slackHandle] : []),
  ]
  const region = answersOf(questions, 'region')
  const stem = ase.region.split(/[-\s/]/)[0] ?? ''
  return [
    ...(who.length > 0 && !who.some(({ text }) => mentions(text, names))
      ? [warning('other-ase', who[0], `The account’s ASE is ${ase.name}. The note names somebody else.`)]
      : []),
    ...(region.length > 0 && stem !== '' && !region.some(({ text }) => mentions(text, [stem]))
      ? [warning('other-region', region[0], `${ase.name} is in ${ase.region}. The note names another region.`)]
      : []),
  ]
}

function lineWarnings(text: string, line: number, { restrictedName }: NoteFacts): NoteWarning[] {
  const mails = text.match(mail) ?? []
  const phones = text.match(phone) ?? []
  return [
    ...[...mails, ...phones].map((found): NoteWarning => {
      const words = `${found.trim()} is shown in every ticket of the account. Leave out what belongs to one person.`
      return { kind: 'personal', line, words }
    }),
    ...(restrictedName !== null && mentions(text, [restrictedName])
      ? [warning('customer-name', { line }, 'The name of a restricted account must not stand outside of Zendesk.')]
      : []),
  ]
}

function answersOf(questions: readonly LintedQuestion[], id: string): LintedQuestion['answers'] {
  return questions.find((question) => question.id === id)?.answers ?? []
}

function warning(kind: NoteWarning['kind'], at: { readonly line: number } | undefined, words: string): NoteWarning {
  return { kind, line: at?.line ?? null, words }
}

/** Whether one of some names stands in a text as a word of its own. */
function mentions(text: string, names: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return names.some((name) => {
    const wanted = name.toLowerCase()
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
      if (!isLetter(lower[at - 1]) && !isLetter(lower[at + wanted.length])) return true
    }
    return false
  })
}

function isLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
}
