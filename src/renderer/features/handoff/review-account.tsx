import type { HandoffDetail } from '#contract/handoffs.ts'
import { accountTexts } from '#core/handoff/handoff-document.ts'
import { textWords } from './handoff-words.ts'
import styles from './handoff.module.css'

/** What is said of the account, to be gone through before its tickets. */
export function ReviewAccount({ handoff }: { readonly handoff: HandoffDetail }) {
  return (
    <>
      <h2 tabIndex={-1} className={styles.large}>
        The account
      </h2>
      <dl className={styles.accountList}>
        {accountTexts.map((text) => (
          <div key={text}>
            <dt>{textWords[text].name}</dt>
            <dd className={styles.told}>
              {handoff.texts[text].value || <span className={styles.soft}>Nothing is written.</span>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
