import type { NoteLintView, OrgNoteView } from '#contract/org-notes.ts'
import { NoteScore, NoteWarnings, QuestionList } from './question-list.tsx'
import styles from './org-note.module.css'

/** The note as it stands in Zendesk: its lines, which question each answers, and what is left open. */
export function NoteAsItIs({ view }: { readonly view: OrgNoteView }) {
  const { note, lint, edition, changedAt } = view
  return (
    <section aria-label="In Zendesk now">
      <div className={styles.head}>
        <h2>In Zendesk now</h2>
        {lint && <NoteScore lint={lint} />}
      </div>
      <p className={styles.soft}>Held against the {edition}. Zendesk shows it on each ticket of the account.</p>
      {note === null || lint === null ? (
        <p>{changedAt === null ? 'The organization was not read from Zendesk yet.' : 'There is no note.'}</p>
      ) : (
        <>
          <NoteLines note={note} lint={lint} />
          <NoteWarnings lint={lint} />
          <QuestionList lint={lint} label="What the note answers" />
        </>
      )}
    </section>
  )
}

function NoteLines({ note, lint }: { readonly note: string; readonly lint: NoteLintView }) {
  const lines = note.replace(/\n+$/, '').split('\n')
  return (
    <div className={styles.note}>
      {lines.map((text, index) => {
        const line = index + 1
        const answered = lint.questions.filter(({ answers }) => answers.some((answer) => answer.line === line))
        const isWrong = lint.warnings.some((warning) => warning.line === line)
        return (
          <div key={line} className={styles.line} data-wrong={isWrong}>
            <span className={styles.number} aria-hidden="true">
              {line}
            </span>
            <span className={styles.text}>
              {text}
              {answered.map(({ id }) => (
                <span key={id} className={styles.mark}>
                  {short[id] ?? id.replaceAll('-', ' ')}
                </span>
              ))}
            </span>
          </div>
        )
      })}
    </div>
  )
}

/** What a question is about, in a word or two. */
const short: Readonly<Record<string, string>> = {
  ase: 'who',
  region: 'region',
  'outside-hours': 'outside hours',
  unavailable: 'unavailable',
  'pre-ase': 'earlier tickets',
  emergency: 'emergencies',
  'global-support': 'Global Support',
  'ase-engages': 'when the ASE joins',
}
