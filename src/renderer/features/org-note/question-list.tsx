import type { NoteLintView } from '#contract/org-notes.ts'
import { Icon } from '../../ui/icon.tsx'
import { Pill } from '../../ui/pill.tsx'
import styles from './org-note.module.css'

/** How many questions a note answers. */
export function NoteScore({ lint }: { readonly lint: NoteLintView }) {
  const { answered, of } = lint
  const full = answered === of
  return (
    <Pill tone={full ? 'success' : 'caution'} icon={full ? 'check' : 'dash'}>
      {answered} of {of} answered
    </Pill>
  )
}

/** Every question, and in which lines the note answers it. */
export function QuestionList({ lint, label }: { readonly lint: NoteLintView; readonly label: string }) {
  return (
    <ul className={styles.questions} aria-label={label}>
      {lint.questions.map(({ id, question, source, answers }) => {
        const lines = [...new Set(answers.map(({ line }) => line))]
        const open = lines.length === 0
        return (
          <li key={id} data-open={open} title={source}>
            <Icon name={open ? 'dash' : 'check'} size={14} />
            <span>{question}</span>
            <span className={styles.where}>
              {open ? 'Open' : `${lines.length === 1 ? 'Line' : 'Lines'} ${lines.join(', ')}`}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** What has to be looked at in a note. */
export function NoteWarnings({ lint }: { readonly lint: NoteLintView }) {
  return lint.warnings.map(({ line, words }, index) => (
    <p key={`${words} ${index}`} className={styles.warning}>
      <Icon name="alert" size={14} />
      <span>
        {line === null ? '' : `Line ${line}: `}
        {words}
      </span>
    </p>
  ))
}
