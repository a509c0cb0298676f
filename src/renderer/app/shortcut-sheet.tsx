import { Dialog } from '@base-ui/react/dialog'
import { Button } from '../ui/button.tsx'
import { DialogKeys } from '../ui/dialog-keys.tsx'
import { type Shortcut, useAllShortcuts } from '../ui/keyboard.tsx'
import { modifierWord } from './modifier-word.ts'
import styles from './dialog.module.css'

/** Every shortcut that works on the present screen. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const groups = Map.groupBy(useAllShortcuts(), (shortcut) => shortcut.group)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup}>
          <div className={styles.head}>
            <Dialog.Title>Keyboard shortcuts</Dialog.Title>
            <Dialog.Close render={<Button look="quiet" icon="close" aria-label="Close" />} />
          </div>
          <div className={styles.groups}>
            {[...groups].reverse().map(([group, shortcuts]) => (
              <section key={group}>
                <h3>{group}</h3>
                <ul className={styles.shortcuts}>
                  {[...byWords(shortcuts)].map(([words, keys]) => (
                    <li key={words}>
                      <span>{words}</span>
                      <span>
                        {keys.map((key, index) => (
                          <span key={key}>
                            {index > 0 && ' or '}
                            <kbd>{keyWords(key)}</kbd>
                          </span>
                        ))}
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
          <DialogKeys />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function byWords(shortcuts: readonly Shortcut[]): ReadonlyMap<string, readonly string[]> {
  const grouped = Map.groupBy(shortcuts, (shortcut) => shortcut.words)
  return new Map([...grouped].map(([words, same]) => [words, same.map((shortcut) => shortcut.keys)]))
}

const names: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc', ' ': 'Space' }

function keyWords(keys: string): string {
  const [last = '', ...held] = keys.split('+').reverse()
  const holding = held.map((key) => (key === 'mod' ? modifierWord() : 'Alt'))
  return [...holding, names[last] ?? (held.length > 0 ? last.charAt(0).toUpperCase() + last.slice(1) : last)].join(' ')
}
