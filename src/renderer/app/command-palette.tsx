import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Dialog } from '@base-ui/react/dialog'
import { DialogKeys } from '../ui/dialog-keys.tsx'
import { Icon } from '../ui/icon.tsx'
import { type Command, useCommands } from './commands.ts'
import styles from './dialog.module.css'

/** Lines the palette lists at most; typing on narrows it. */
const mostShown = 50

/** Screens, tickets and actions by a few typed letters. */
export function CommandPalette(props: {
  readonly onClose: () => void
  readonly onSheet: () => void
  readonly onPlace: () => void
}) {
  const { onClose } = props
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const commands = useCommands(text, props).slice(0, mostShown)
  const current = Math.min(at, commands.length - 1)
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') run(commands[current])
    else if (event.key === 'ArrowDown') setAt((current + 1) % Math.max(1, commands.length))
    else if (event.key === 'ArrowUp') setAt((current - 1 + commands.length) % Math.max(1, commands.length))
    else return
    event.preventDefault()
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} initialFocus={input}>
          <Dialog.Title className={styles.hidden}>Command palette</Dialog.Title>
          <input
            ref={input}
            className={styles.input}
            role="combobox"
            aria-expanded="true"
            aria-controls={id}
            aria-activedescendant={commands[current] && `${id}-${current}`}
            aria-label="Command, screen or ticket"
            placeholder="Go to a screen, a ticket by number or words, or do something"
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setAt(0)
            }}
            onKeyDown={handleKey}
          />
          <div id={id} role="listbox" aria-label="Commands" className={styles.options}>
            {commands.map((command, index) => (
              // The field above has the keys; options only ever take the mouse.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={command.id}
                id={`${id}-${index}`}
                ref={index === current ? scrollIntoSight : undefined}
                role="option"
                tabIndex={-1}
                aria-selected={index === current}
                className={styles.option}
                onMouseMove={() => setAt(index)}
                onClick={() => run(command)}
              >
                <Icon name={command.icon} />
                <span className={styles.optionWords}>{command.words}</span>
                <span className={styles.optionHint}>{command.hint}</span>
              </div>
            ))}
          </div>
          {commands.length === 0 && <p className={styles.nothing}>Nothing matches. A ticket’s number opens it.</p>}
          <Dialog.Close className={styles.hidden}>Close</Dialog.Close>
          <DialogKeys first={input} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
