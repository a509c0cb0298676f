import { type FormEvent, type ReactNode, useState } from 'react'
import { useConnectionStatus } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useAddressWords, type Vendor } from './use-address-words.ts'
import styles from './connections.module.css'

/** The address of a Zendesk as a person types it. */
export interface AddressProps {
  readonly url: string
  readonly onUrl: (url: string) => void
}

const fields = {
  zendesk: {
    label: 'Your company’s Zendesk',
    hint: (
      <>
        What stands before <code>.zendesk.com</code>, like <code>acme</code>; or the full address,{' '}
        <code>https://acme.zendesk.com</code>.
      </>
    ),
    missing: 'Enter the address of your company’s Zendesk.',
  },
  gitlab: {
    label: 'Your company’s GitLab',
    hint: (
      <>
        Like <code>gitlab.com</code>, or your company’s own, with the path below which it lives if there is one:{' '}
        <code>https://example.com/gitlab</code>.
      </>
    ),
    missing: 'Enter the address of your company’s GitLab.',
  },
} as const

/** A form that connects: its address field, what else it needs, its button and what became of it. */
export function ConnectForm(props: {
  readonly name: string
  readonly vendor?: Vendor
  readonly address: AddressProps
  readonly children?: ReactNode
  readonly notes?: ReactNode
  readonly word: string
  readonly waitingWord: string
  readonly pending: boolean
  readonly error: Error | null
  readonly onSubmit: () => void
}) {
  const { name, vendor = 'zendesk', address, children, notes, word, waitingWord, pending, error, onSubmit } = props
  const connected = useConnectionStatus() === 'open'
  const [missing, setMissing] = useState(false)
  const words = useAddressWords(address.url, vendor)
  const absent = missing && address.url.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(address.url.trim() === '')
    if (address.url.trim() !== '' && connected && !pending) onSubmit()
  }
  return (
    <form aria-label={name} className={styles.form} noValidate onSubmit={submit}>
      <TextField
        label={fields[vendor].label}
        hint={fields[vendor].hint}
        problem={absent ? fields[vendor].missing : (words.problem ?? undefined)}
        value={address.url}
        maxLength={300}
        onChange={(event) => address.onUrl(event.target.value)}
        onBlur={words.look}
      />
      {words.warning !== null && (
        <p role="status" className={styles.caution}>
          <Icon name="alert" size={14} />
          <span>{words.warning}</span>
        </p>
      )}
      {children}
      {notes}
      <Problem error={error} />
      <div>
        <Button type="submit" look="primary" icon="key" disabled={pending || !connected}>
          {pending ? waitingWord : word}
        </Button>
      </div>
    </form>
  )
}
