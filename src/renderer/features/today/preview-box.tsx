import type { WritePreview } from '#contract/outbox.ts'
import { customerLooks } from '../../ui/change-words.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './change-dialog.module.css'

/** What is asked of Zendesk, who sees it, and what to think of first. `stale`: the answer for the last letters is on its way. */
export function PreviewBox({ preview, stale }: { readonly preview: WritePreview; readonly stale: boolean }) {
  const { words, customerSees, warnings, refusal } = preview
  const looks = customerLooks(customerSees.visible)
  return (
    <section aria-label="What is sent" aria-busy={stale} className={styles.preview}>
      <p className={styles.words}>{words}</p>
      <p className={classNames(styles.seen, customerSees.visible ? styles.visible : styles.hidden)}>
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
