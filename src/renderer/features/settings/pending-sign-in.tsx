import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PendingSignIn as SignIn } from '#contract/connections.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { FailedSignIn } from './failed-sign-in.tsx'
import { useBrowserSignIn } from './use-browser-sign-in.ts'
import styles from './connections.module.css'

/** A sign-in that waits for the person elsewhere, or came to nothing. */
export function PendingSignIn({ signIn }: { readonly signIn: SignIn }) {
  return signIn.state === 'failed' ? <FailedZendeskSignIn signIn={signIn} /> : <WaitingSignIn signIn={signIn} />
}

function WaitingSignIn({ signIn }: { readonly signIn: SignIn }) {
  const { cancel, locked, error } = useCancel()
  const host = new URL(signIn.url).host
  return (
    <div className={styles.form}>
      <p role="status" className={styles.line}>
        <Icon name="hourglass" size={14} />
        <strong>
          {signIn.kind === 'session'
            ? `A window with the sign-in page of ${host} is open. Sign in there.`
            : `Sign in to ${host} in your browser, and allow Understudy there.`}
        </strong>
      </p>
      <p className={styles.soft}>This screen goes on by itself as soon as you have.</p>
      {signIn.warning !== null && (
        <p className={styles.caution}>
          <Icon name="alert" size={14} />
          <span>{signIn.warning}</span>
        </p>
      )}
      {signIn.signInUrl !== null && (
        <>
          <p>No page opened? Copy this address into your browser:</p>
          <Copyable name="sign-in address" text={signIn.signInUrl} />
        </>
      )}
      <Problem error={error} />
      <div>
        <Button disabled={locked} onClick={cancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

function FailedZendeskSignIn({ signIn }: { readonly signIn: SignIn }) {
  const [clientId] = useDraft('connect.client-id')
  const { cancel, locked, error } = useCancel()
  const { start, pending, error: startError } = useBrowserSignIn()
  const again = () => {
    if (signIn.kind === 'session') return start({ kind: 'session', url: signIn.url })
    // The client id was entered in another browser, or long ago: the form asks for it.
    if (clientId.trim() === '') return cancel()
    start({ kind: 'oauth', url: signIn.url, clientId: clientId.trim() })
  }
  return (
    <FailedSignIn
      signIn={signIn}
      error={startError ?? error}
      disabled={locked || pending}
      onAgain={again}
      onOtherWay={cancel}
    />
  )
}

function useCancel(): { readonly cancel: () => void; readonly locked: boolean; readonly error: Error | null } {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.connections.cancelSignIn.mutationOptions(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.procedures.connections.key() }),
  })
  return { cancel: () => mutate({}), locked: isPending || !connected, error }
}
