import { diffLines } from '#core/org-note/diff-lines.ts'
import styles from './org-note.module.css'

const signs = { same: ' ', out: '−', in: '+' } as const
const words = { same: '', out: 'Taken out: ', in: 'Put in: ' } as const

/** What of a note is taken out and put in, line by line. */
export function NoteDiff({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <div className={styles.diff} role="group" aria-label="Lines that change">
      {diffLines(before, after).map(({ kind, text }, index) => (
        <div key={`${index} ${kind}`} data-kind={kind} className={styles.changed}>
          <span aria-hidden="true">{signs[kind]}</span>
          <span>
            <span className={styles.unseen}>{words[kind]}</span>
            {text}
          </span>
        </div>
      ))}
    </div>
  )
}
