import { useRef, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { GitlabMode } from '#contract/gitlab-connection.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { type AddressProps, ConnectForm } from './connect-form.tsx'
import { redirectUrls } from './redirect-urls.ts'
import { Choice } from './settings-fields.tsx'
import { useGitlabSignIn } from './use-gitlab-sign-in.ts'
import styles from './connections.module.css'

const modes: Readonly<Record<GitlabMode, string>> = { 'read-write': 'Read and send changes', 'read-only': 'Read only' }

const rights: Readonly<Record<GitlabMode, string>> = { 'read-write': 'api', 'read-only': 'read_api' }

/** Begins a sign-in by the company's application: in the browser, or by a code that is typed in any browser. */
export function GitlabApplicationForm(props: AddressProps & { readonly kind: 'oauth' | 'device' }) {
  const { kind, ...address } = props
  const [clientId, setClientId] = useDraft('connect.gitlab-application')
  const [kept, keepMode] = useDraft('connect.gitlab-mode', 'read-write')
  const mode: GitlabMode = kept === 'read-only' ? kept : 'read-write'
  const [missing, setMissing] = useState(false)
  const { start, pending, error } = useGitlabSignIn()
  const submit = () => {
    setMissing(clientId.trim() === '')
    if (clientId.trim() !== '') start({ kind, url: props.url.trim(), clientId: clientId.trim(), mode })
  }
  return (
    <ConnectForm
      name={kind === 'oauth' ? 'GitLab in the browser' : 'GitLab by a code'}
      vendor="gitlab"
      address={address}
      word={kind === 'oauth' ? 'Sign in with GitLab' : 'Get a code'}
      waitingWord="Asking GitLab…"
      pending={pending}
      error={error}
      onSubmit={submit}
      notes={<ApplicationNotes kind={kind} mode={mode} />}
    >
      <Choice name="Rights" value={mode} choices={modes} onChange={keepMode} />
      <TextField
        label="Application id"
        hint="The id of the application registered for Understudy in GitLab. It is no secret."
        problem={missing && clientId.trim() === '' ? 'Enter the application id.' : undefined}
        value={clientId}
        maxLength={200}
        onChange={(event) => setClientId(event.target.value)}
      />
    </ConnectForm>
  )
}

function ApplicationNotes({ kind, mode }: { readonly kind: 'oauth' | 'device'; readonly mode: GitlabMode }) {
  return (
    <div className={styles.admin}>
      <p>
        You can register it yourself, under Preferences › Applications: not confidential, with the right{' '}
        <code>{rights[mode]}</code>; <code>docs/gitlab.md</code> has the settings. Its redirect URIs:
      </p>
      <Copyable name="redirect URIs" text={redirectUrls} />
      {kind === 'device' && (
        <p className={styles.soft}>A code works where the browser is on another computer. It needs GitLab 17.9.</p>
      )}
    </div>
  )
}

/** Connects with a personal access token that exists already. */
export function GitlabTokenForm(props: AddressProps) {
  const { connection } = useWindow()
  const queryClient = useQueryClient()
  const [missing, setMissing] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      // SECURITY: the token goes from the field to the service; no state, draft or cache of the window ever holds it.
      const token = field.current?.value.trim() ?? ''
      if (field.current) field.current.value = ''
      return connection.client.connections.connectGitlabToken({ url: props.url.trim(), token })
    },
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const submit = () => {
    const absent = field.current?.value.trim() === ''
    setMissing(absent)
    if (!absent) mutate()
  }
  return (
    <ConnectForm
      name="GitLab with a token"
      vendor="gitlab"
      address={props}
      word="Connect GitLab"
      waitingWord="Asking GitLab…"
      pending={isPending}
      error={error}
      onSubmit={submit}
      notes={
        <p className={styles.soft}>
          Make one in GitLab under Preferences › Access tokens: with <code>read_api</code> Understudy only reads, with{' '}
          <code>api</code> it can also send what you press Send under. A fine-grained token works too. Understudy warns
          two weeks before it ends.
        </p>
      }
    >
      <TextField
        ref={field}
        label="Personal access token"
        type="password"
        hint="It is handed over once and never shown again. If GitLab refuses it, enter it anew."
        problem={missing ? 'Enter the token.' : undefined}
        maxLength={500}
      />
    </ConnectForm>
  )
}
