import { fillIn } from '../policy/fill-in.ts'
import type { OrgNotePolicy, OrgNoteQuestion } from './org-note-policy.ts'

/** What a note is written from. What is not known is null or empty. */
export interface NoteMaterial {
  /** Null: the note is to do without the customer's name. */
  readonly customer: string | null
  readonly ase: {
    readonly name: string
    readonly slackHandle: string | null
    readonly region: string
    /** Like `Mon-Fri 09:00-17:30`; empty where none are known. */
    readonly hours: string
    readonly timeZone: string
  }
  /** Whether new tickets go to the ASE by themselves. */
  readonly autoAssigned: boolean
  /** Who covers during an absence, and its last day. */
  readonly cover: { readonly name: string; readonly until: string } | null
}

/** A paragraph of a note. */
export interface NotePart {
  /** Null: the opening, and the text for the time of an absence. */
  readonly questionId: string | null
  readonly text: string
}

/** A note as it was written, and what it could not say. */
export interface ComposedNote {
  readonly text: string
  readonly parts: readonly NotePart[]
  /** What is to be filled in where the account's facts are known, a sentence each. */
  readonly missing: readonly string[]
}

/** Writes an organization note from an account's facts, in the policy's words: a paragraph for each question. */
export function composeNote(material: NoteMaterial, policy: OrgNotePolicy): ComposedNote {
  const { ase, customer, autoAssigned, cover } = material
  const values = {
    ase: ase.name,
    slack: ase.slackHandle === null ? '' : ` (@${ase.slackHandle.replace(/^@/, '')})`,
    customer: customer ?? 'this customer',
    region: ase.region,
    hours: ase.hours === '' ? '' : ` (${ase.hours}, ${ase.timeZone})`,
    ...(cover ? { cover: cover.name, until: cover.until } : {}),
  }
  const lacks = (question: OrgNoteQuestion) => ase.region === '' && textOf(question, autoAssigned).includes('{region}')
  const parts: NotePart[] = [
    { questionId: null, text: policy.opening },
    ...(cover ? [{ questionId: null, text: fillIn(policy.temporary.text, values) }] : []),
    ...policy.questions
      .filter((question) => !lacks(question))
      .map((question) => ({ questionId: question.id, text: fillIn(textOf(question, autoAssigned), values) })),
  ]
  return {
    text: noteOf(parts),
    parts,
    missing: [
      ...(policy.questions.some(lacks) ? [`The region of ${ase.name} is not known here. Add it under People.`] : []),
      ...(ase.hours === ''
        ? [`The working hours of ${ase.name} are not known here, so the note does not name them.`]
        : []),
    ],
  }
}

/** Paragraphs as a note. */
export function noteOf(parts: readonly NotePart[]): string {
  return `${parts.map(({ text }) => text).join('\n\n')}\n`
}

function textOf(question: OrgNoteQuestion, autoAssigned: boolean): string {
  return autoAssigned ? question.whenAssigned : question.whenNotAssigned
}
