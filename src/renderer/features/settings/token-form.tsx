import { useRef, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { type AddressProps, ConnectForm } from './connect-form.tsx'
import styles from './connections.module.css'

/** Connects with an API token that exists already. */
export function TokenForm(props: AddressProps & { readonly knownEmail: string }) {
  const { connection } = useWindow()
  const queryClient = useQueryClient()
  const [email, setEmail] = useDraft('connect.email', props.knownEmail)
  const [missing, setMissing] = useState<'email' | 'token' | undefined>(undefined)
  const field = useRef<HTMLInputElement>(null)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      // SECURITY: the token goes from the field to the service; no state, draft or cache of the window ever holds it.
      const token = field.current?.value.trim() ?? ''
      if (field.current) field.current.value = ''
      return connection.client.connections.connectZendesk({ url: props.url.trim(), email: email.trim(), token })
    },
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const submit = () => {
    const fault = !/^\S+@\S+$/.test(email.trim()) ? 'email' : field.current?.value.trim() === '' ? 'token' : undefined
    setMissing(fault)
    if (fault === undefined) mutate()
  }
  return (
    <ConnectForm
      name="Connect with a token"
      address={props}
      word="Connect"
      waitingWord="Asking Zendesk…"
      pending={isPending}
      error={error}
      onSubmit={submit}
      notes={
        <p className={styles.soft}>
          Zendesk switches off a token that nobody used for 30 days, which a long absence is enough for, and all tokens
          stop on 30 April 2027. Ask for OAuth before then.
        </p>
      }
    >
      <TextField
        label="E-mail address you sign in to Zendesk with"
        type="email"
        value={email}
        problem={missing === 'email' ? 'Enter the e-mail address of your agent in Zendesk.' : undefined}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        ref={field}
        label="API token"
        type="password"
        hint="It is handed over once and never shown again. If Zendesk refuses it, enter it anew."
        problem={missing === 'token' ? 'Enter the token.' : undefined}
        maxLength={500}
      />
    </ConnectForm>
  )
}
