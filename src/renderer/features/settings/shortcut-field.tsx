import { type KeyboardEvent, useId } from 'react'
import { Button } from '../../ui/button.tsx'
import { errorWords } from '../../ui/error-words.ts'
import { shortcutOf, shortcutWords } from './shortcut-keys.ts'
import { useSettingsChange } from './use-settings-change.ts'
import styles from './settings.module.css'

/** The keys that open the window from anywhere: pressed, not typed. Why they cannot be had stands beside them. */
export function ShortcutField({ value }: { readonly value: string | null }) {
  const id = useId()
  const { change, error } = useSettingsChange()
  const mac = /mac/i.test(navigator.platform)
  const press = (event: KeyboardEvent) => {
    const shortcut = shortcutOf(event.nativeEvent)
    if (shortcut === undefined) return
    event.preventDefault()
    if (shortcut !== value) change({ openShortcut: shortcut })
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>Open from anywhere</label>
      <div>
        <input
          id={id}
          readOnly
          className={styles.shortcut}
          value={value === null ? '' : shortcutWords(value, mac)}
          placeholder="None"
          aria-invalid={error !== null}
          aria-describedby={`${id}-words`}
          onKeyDown={press}
        />{' '}
        {value !== null && (
          <Button look="quiet" icon="close" onClick={() => change({ openShortcut: null })}>
            Use none
          </Button>
        )}
        <p id={`${id}-words`} className={error ? styles.problem : styles.hint} role={error ? 'alert' : undefined}>
          {error ? errorWords(error) : `Press the keys in this field, with ${mac ? 'Cmd' : 'Ctrl'} or Alt among them.`}
        </p>
      </div>
    </div>
  )
}
