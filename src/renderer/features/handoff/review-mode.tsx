import type { HandoffDetail } from '#contract/handoffs.ts'
import type { ReviewModeState } from './use-review-mode.ts'
import styles from './handoff.module.css'

/** Chooses how the review is held: both at one screen, or each at their own. */
export function ReviewMode(props: { readonly mode: ReviewModeState; readonly handoff: HandoffDetail }) {
  const { mode, handoff } = props
  const { together, cover } = mode
  if (handoff.role === 'other') return null
  return (
    <div className={styles.mode}>
      <fieldset className={styles.modes}>
        <legend className={styles.hidden}>How the review is held</legend>
        <label className={styles.check}>
          <input type="radio" name="review-mode" checked={!together} onChange={() => mode.choose(false)} />
          Each on their own
        </label>
        <label className={styles.check}>
          <input type="radio" name="review-mode" checked={together} onChange={() => mode.choose(true)} />
          Together on one screen
        </label>
      </fieldset>
      {together && (
        <span className={styles.soft}>
          {handoff.aseName} and {cover?.name ?? 'who covers'} both act here; each is named with what they say.
        </span>
      )}
      {together && handoff.covers.length > 1 && (
        <label className={styles.check}>
          Covering engineer
          <select
            className={styles.input}
            value={cover?.id}
            onChange={(event) => mode.chooseCover(Number(event.target.value))}
          >
            {handoff.covers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}
