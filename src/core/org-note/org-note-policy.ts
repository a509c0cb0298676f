/** What an organization note has to say, and in which words Understudy writes it (rule 15). */
export interface OrgNotePolicy {
  /** Whom the set is from. */
  readonly source: string
  /** The first lines of a note, which answer nothing yet. */
  readonly opening: string
  /** What a note has to answer or to say, in its order. */
  readonly questions: readonly OrgNoteQuestion[]
  /** Text for the time of an absence. `{ase}`, `{cover}`, `{customer}` and `{until}`, a calendar day, are filled in. */
  readonly temporary: { readonly text: string; readonly source: string }
}

/**
 * One thing that a note has to make clear.
 *
 * In its texts `{ase}`, `{slack}`, `{customer}`, `{region}` and `{hours}` are filled in; `{slack}` and `{hours}` bring their own brackets and are
 * nothing where they are not known.
 */
export interface OrgNoteQuestion {
  readonly id: string
  /** `question`: the handbook asks it. `fixed`: the handbook wants it said of every account. */
  readonly kind: 'question' | 'fixed'
  /** As the handbook asks it. */
  readonly question: string
  /** The answer where new tickets go to the ASE by themselves. */
  readonly whenAssigned: string
  /** The answer where they do not. */
  readonly whenNotAssigned: string
  /** Regular expressions, whatever the case: a sentence that fits one of them answers. `(?-i:…)` minds the case. */
  readonly signs: readonly string[]
  readonly source: string
}
