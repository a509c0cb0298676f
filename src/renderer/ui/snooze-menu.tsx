import { type RefObject, useRef } from 'react'
import { Menu } from '@base-ui/react/menu'
import type { SnoozeUntil } from '#contract/alerts.ts'
import { DialogKeys } from './dialog-keys.tsx'
import styles from './snooze-menu.module.css'

const choices: readonly { readonly words: string; readonly until: SnoozeUntil }[] = [
  { words: '1 hour', until: { kind: 'for', minutes: 60 } },
  { words: '3 hours', until: { kind: 'for', minutes: 180 } },
  { words: 'Until tomorrow morning', until: { kind: 'tomorrow' } },
  { words: 'Until the customer replies', until: { kind: 'reply' } },
  { words: 'Until 30 min before it breaches', until: { kind: 'before-breach', minutes: 30 } },
]

/** Until when a ticket keeps still, to choose from below what it was asked at. */
export function SnoozeMenu(props: {
  readonly anchor: RefObject<HTMLElement | null>
  readonly onChoose: (until: SnoozeUntil) => void
  readonly onClose: () => void
}) {
  const { anchor, onChoose, onClose } = props
  const first = useRef<HTMLDivElement>(null)
  return (
    <Menu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="start" sideOffset={4} className={styles.place}>
          <Menu.Popup className={styles.menu} aria-label="Snooze" finalFocus={anchor}>
            {choices.map(({ words, until }, index) => (
              <Menu.Item
                key={words}
                ref={index === 0 ? first : undefined}
                className={styles.item}
                onClick={() => onChoose(until)}
              >
                {words}
              </Menu.Item>
            ))}
            <DialogKeys first={first} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
