import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import type { WriteIntent, WritePreview } from '#contract/outbox.ts'
import { useConnectionStatus } from '../api/window-context.tsx'
import { Button } from './button.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import { ErrorNotice, Loading, Problem } from './notice.tsx'
import { PreviewBox } from './preview-box.tsx'
import { sendKeys } from './send-keys.ts'
import { useChangePreview } from './use-change-preview.ts'
import { useSendChange } from './use-send-change.ts'
import styles from './change-dialog.module.css'

/** What a dialog that makes one change needs. */
export interface ChangeDialogProps {
  readonly title: string
  /** The change as it stands; null while something is missing, which `missing` says. */
  readonly intent: WriteIntent | null
  readonly missing?: string
  /** Where the change is entered; nothing when pressing the button said it all. */
  readonly children?: ReactNode
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly onSent?: () => void
  readonly onClose: () => void
}

/** Shows exactly what a change would do and who sees it, and makes it when a person says so. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { title, intent, missing, children, initialFocus, onSent, onClose } = props
  const { preview, current, error, retry } = useChangePreview(intent)
  const connected = useConnectionStatus() === 'open'
  const sending = useSendChange(() => {
    onSent?.()
    onClose()
  })
  const ready = current && connected && !sending.pending && preview?.refusal === null
  const whoSees = useRef<HTMLParagraphElement>(null)
  const send = () => {
    if (!ready || !preview) return
    // In a long form what is sent may lie below the fold: it is shown first, and sent when asked again.
    if (isInSight(whoSees.current)) sending.send(preview)
    else whoSees.current?.parentElement?.scrollIntoView({ block: 'end' })
  }
  const askToSend = useSendWhenKnown({ intent, preview, current, ready, send })
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Where there is nothing to enter, Enter sends once everything has been shown.
    if (ready && children === undefined) button.current?.focus()
  }, [ready, children])
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (!event.repeat) askToSend()
  }
  return (
    <DialogFrame
      title={title}
      onClose={onClose}
      onKeyDown={handleKey}
      {...(initialFocus ? { initialFocus } : {})}
      aside={children !== undefined && <span className={styles.soft}>{sendKeys()} sends</span>}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button ref={button} look="primary" icon="send" disabled={!ready} onClick={send}>
            {sending.pending ? 'Sending…' : 'Send'}
          </Button>
        </>
      }
    >
      {children}
      {intent === null ? (
        missing && <p className={styles.soft}>{missing}</p>
      ) : preview ? (
        <PreviewBox preview={preview} stale={!current} whoSees={whoSees} />
      ) : error ? (
        <ErrorNotice what="What this would do could not be found out" error={error} onRetry={retry} />
      ) : (
        <Loading what="Looking what this would do…" />
      )}
      <Problem error={sending.error} />
    </DialogFrame>
  )
}

/**
 * Sends at once when all is known. Asked for while the answer to the last letters is still on its way, it sends when that
 * comes, provided that it says the same as what the person saw when they asked, and that they typed no further.
 */
function useSendWhenKnown(state: {
  readonly intent: WriteIntent | null
  readonly preview: WritePreview | undefined
  readonly current: boolean
  readonly ready: boolean
  readonly send: () => void
}): () => void {
  const { intent, preview, current, ready, send } = state
  const asked = useRef<string | undefined>(undefined)
  const shown = JSON.stringify([intent, preview && consequences(preview)])
  useEffect(() => {
    if (!current || asked.current === undefined) return
    const same = asked.current === shown
    asked.current = undefined
    if (same && ready) send()
  }, [current, ready, shown, send])
  return () => {
    if (ready) send()
    else if (!current && preview) asked.current = shown
  }
}

/** What a person has to know before they send, beside their own words. */
function consequences({ customerSees, warnings, refusal, stamp }: WritePreview): readonly unknown[] {
  return [customerSees, warnings, refusal, stamp]
}

function isInSight(element: HTMLElement | null): boolean {
  if (!element) return false
  const { left, top, width, height } = element.getBoundingClientRect()
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}
