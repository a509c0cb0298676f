import { Icon } from './icon.tsx'
import { classNames } from './class-names.ts'
import button from './button.module.css'
import styles from './file-button.module.css'

/** Opens a file of this machine and hands over its text. */
export function FileButton(props: {
  readonly words: string
  /** Endings of the files offered: `.ics,.json`. */
  readonly accept: string
  readonly disabled?: boolean
  readonly onText: (text: string, name: string) => void
  /** A larger one is not read. */
  readonly largestBytes?: number
  readonly onTooLarge?: () => void
}) {
  const { words, accept, disabled = false, onText, largestBytes = Infinity, onTooLarge } = props
  return (
    <label className={classNames(button.button, styles.file)}>
      <Icon name="download" size={14} />
      {words}
      <input
        type="file"
        accept={accept}
        disabled={disabled}
        className={styles.input}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file && file.size > largestBytes) onTooLarge?.()
          else if (file) void file.text().then((text) => onText(text, file.name))
          // The same file may be chosen again after it was changed.
          event.target.value = ''
        }}
      />
    </label>
  )
}
