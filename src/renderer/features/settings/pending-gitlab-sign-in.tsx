import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PendingGitlabSignIn as SignIn } from '#contract/gitlab-connection.ts'
import { useConnectionStatus, useNow, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { duration } from '../../ui/time-words.ts'
import { FailedSignIn } from './failed-sign-in.tsx'
import { useGitlabSignIn } from './use-gitlab-sign-in.ts'
import styles from './connections.module.css'

/** A sign-in to GitLab that waits for the person elsewhere, or came to nothing. */
export function PendingGitlabSignIn({ signIn }: { readonly signIn: SignIn }) {
  return signIn.state === 'failed' ? <FailedGitlabSignIn signIn={signIn} /> : <WaitingSignIn signIn={signIn} />
}

function WaitingSignIn({ signIn }: { readonly signIn: SignIn }) {
  const { cancel, locked, error } = useCancel()
  const { host } = new URL(signIn.url)
  return (
    <div className={styles.form}>
      <p role="status" className={styles.line}>
        <Icon name="hourglass" size={14} />
        <strong>
          {signIn.code
            ? `Open this address in any browser, sign in to ${host}, and enter the code below.`
            : `Sign in to ${host} in your browser, and allow Understudy there.`}
        </strong>
      </p>
      {signIn.signInUrl !== null && (
        <>
          {!signIn.code && <p>No page opened? Copy this address into your browser:</p>}
          <Copyable name="GitLab sign-in address" text={signIn.signInUrl} />
        </>
      )}
      {signIn.code && <DeviceCode code={signIn.code} />}
      <p className={styles.soft}>This screen goes on by itself as soon as you have.</p>
      <Problem error={error} />
      <div>
        <Button disabled={locked} onClick={cancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

function DeviceCode({ code }: { readonly code: NonNullable<SignIn['code']> }) {
  const now = useNow()
  const leftMs = code.endsAt - now
  return (
    <>
      <div className={styles.code}>
        <Copyable name="code" text={code.text} />
      </div>
      <p className={styles.soft}>
        {leftMs > 0 ? `The code is good for ${duration(leftMs)} more.` : 'The code has ended.'}
      </p>
    </>
  )
}

function FailedGitlabSignIn({ signIn }: { readonly signIn: SignIn }) {
  const { cancel, locked, error } = useCancel()
  const { start, pending, error: startError } = useGitlabSignIn()
  const { kind, url, clientId, mode } = signIn
  return (
    <FailedSignIn
      signIn={signIn}
      error={startError ?? error}
      disabled={locked || pending}
      onAgain={() => start({ kind, url, clientId, mode })}
      onOtherWay={cancel}
    />
  )
}

function useCancel(): { readonly cancel: () => void; readonly locked: boolean; readonly error: Error | null } {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.connections.cancelGitlabSignIn.mutationOptions(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.procedures.connections.key() }),
  })
  return { cancel: () => mutate({}), locked: isPending || !connected, error }
}
