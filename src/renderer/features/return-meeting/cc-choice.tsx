import styles from './wrap-up.module.css'

/** Whether I stay on Cc of the tickets that are transferred: the same for all of them. */
export function CcChoice({ off, onOff }: { readonly off: boolean; readonly onOff: (off: boolean) => void }) {
  return (
    <fieldset className={styles.radios}>
      <legend>Your place on Cc</legend>
      <label className={styles.check}>
        <input type="radio" name="return-cc" checked={off} onChange={() => onOff(true)} />
        Take me off Cc
      </label>
      <label className={styles.check}>
        <input type="radio" name="return-cc" checked={!off} onChange={() => onOff(false)} />
        Keep me on Cc
      </label>
    </fieldset>
  )
}
