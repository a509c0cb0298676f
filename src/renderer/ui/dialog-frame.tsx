import { type KeyboardEvent, type ReactNode, type RefObject, useId } from 'react'
import { Dialog } from '@base-ui/react/dialog'
import { DialogKeys } from './dialog-keys.tsx'
import styles from './dialog-frame.module.css'

/** What a dialog shows and how it is left. */
export interface DialogFrameProps {
  readonly title: string
  readonly children: ReactNode
  /** The buttons at its foot; what it is for comes last. */
  readonly actions: ReactNode
  /** Something on the other side of the foot. */
  readonly aside?: ReactNode
  /** Asks something that cannot be undone. */
  readonly alarming?: boolean
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly onClose: () => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

/** A dialog over the window: Escape, a click beside it, or its buttons leave it. */
export function DialogFrame(props: DialogFrameProps) {
  const { title, children, actions, aside, alarming = false, initialFocus, onClose, onKeyDown } = props
  const wordsId = useId()
  return (
    <Dialog.Root open disablePointerDismissal={alarming} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup
          className={styles.popup}
          {...(alarming ? { role: 'alertdialog', 'aria-describedby': wordsId } : {})}
          {...(initialFocus ? { initialFocus } : {})}
          onKeyDown={onKeyDown}
        >
          <Dialog.Title className={styles.title}>{title}</Dialog.Title>
          <div id={wordsId} className={styles.content}>
            {children}
          </div>
          <div className={styles.foot}>
            {aside}
            <span className={styles.space} />
            {actions}
          </div>
          <DialogKeys first={initialFocus} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
