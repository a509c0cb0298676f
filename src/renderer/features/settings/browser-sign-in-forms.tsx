import { useState } from 'react'
import { Copyable } from '../../ui/copyable.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { type AddressProps, ConnectForm } from './connect-form.tsx'
import { redirectUrls } from './redirect-urls.ts'
import { useBrowserSignIn } from './use-browser-sign-in.ts'
import styles from './connections.module.css'

/** Begins an OAuth sign-in in the browser. */
export function OauthForm(props: AddressProps) {
  const [clientId, setClientId] = useDraft('connect.client-id')
  const [missing, setMissing] = useState(false)
  const { start, pending, error } = useBrowserSignIn()
  const submit = () => {
    setMissing(clientId.trim() === '')
    if (clientId.trim() !== '') start({ kind: 'oauth', url: props.url.trim(), clientId: clientId.trim() })
  }
  return (
    <ConnectForm
      name="OAuth"
      address={props}
      word="Sign in with Zendesk"
      waitingWord="Asking Zendesk…"
      pending={pending}
      error={error}
      onSubmit={submit}
      notes={
        <div className={styles.admin}>
          <p>
            Your Zendesk admin registers Understudy once, as a public client; <code>docs/zendesk-admin.md</code> has the
            settings. These are its redirect URLs:
          </p>
          <Copyable name="redirect URLs" text={redirectUrls} />
        </div>
      }
    >
      <TextField
        label="Client id"
        hint="The unique identifier that your admin gave Understudy in Zendesk. It is no secret."
        problem={missing && clientId.trim() === '' ? 'Enter the client id; your Zendesk admin has it.' : undefined}
        value={clientId}
        maxLength={200}
        onChange={(event) => setClientId(event.target.value)}
      />
    </ConnectForm>
  )
}

/** Opens the company's own sign-in page in a window of the app. */
export function SessionForm(props: AddressProps) {
  const { start, pending, error } = useBrowserSignIn()
  return (
    <ConnectForm
      name="Company sign-in page"
      address={props}
      word="Open the sign-in page"
      waitingWord="Opening…"
      pending={pending}
      error={error}
      onSubmit={() => start({ kind: 'session', url: props.url.trim() })}
      notes={
        <p className={styles.soft}>
          A window opens on that page, with your company’s own steps. Understudy keeps the session it ends with, never
          what you type there. Where a company signs in with Google, or lets only managed devices in, that page may
          refuse the window: then use OAuth.
        </p>
      }
    />
  )
}
