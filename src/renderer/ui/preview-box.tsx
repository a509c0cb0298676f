import type { Ref } from 'react'
import type { WritePreview } from '#contract/outbox.ts'
import { customerLooks } from './change-words.ts'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import styles from './change-dialog.module.css'

/** What is asked of Zendesk or GitLab, who sees it, and what to think of first. `stale`: the answer for the last letters is on its way. */
export function PreviewBox(props: {
  readonly preview: WritePreview
  readonly stale: boolean
  /** The line that says who sees it. */
  readonly whoSees?: Ref<HTMLParagraphElement>
}) {
  const { preview, stale, whoSees } = props
  const { words, customerSees, warnings, refusal } = preview
  const looks = customerLooks(customerSees.visible)
  return (
    <section aria-label="What is sent" aria-busy={stale} className={styles.preview}>
      <p className={styles.words}>{words}</p>
      <p ref={whoSees} className={classNames(styles.seen, customerSees.visible ? styles.visible : styles.hidden)}>
        <Icon name={looks.icon} size={14} />
        <span>
          <strong>{looks.words}</strong> {customerSees.words}
        </span>
      </p>
      {warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          <Icon name="alert" size={14} />
          <span>{warning}</span>
        </p>
      ))}
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          <Icon name="close" size={14} />
          <span>
            <strong>This cannot be done.</strong> {refusal}
          </span>
        </p>
      )}
    </section>
  )
}
