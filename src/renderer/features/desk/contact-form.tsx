import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { DeskPage } from '#contract/desk.ts'
import { useConnectionStatus } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/check-field.tsx'
import { Problem } from '../../ui/notice.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { readDraft } from './read-draft.ts'
import { useDeskChange } from './use-desk-change.ts'
import styles from './desk.module.css'

/** A contact as the page has it. */
export type Contact = DeskPage['document']['contacts'][number]

const empty = { name: '', role: '', reach: '', howToWork: '', important: false }

/** Writes down a contact, or changes one. What is typed outlives the window until it is saved or dropped. */
export function ContactForm(props: {
  readonly accountId: number
  readonly side: Contact['side']
  /** Undefined for a new one. */
  readonly contact: Contact | undefined
  readonly onClose: () => void
}) {
  const { accountId, side, contact, onClose } = props
  const key = `desk ${useWorkspaceName()} ${accountId} contact ${contact?.id ?? `new ${side}`}`
  const [draft, keepDraft] = useDraft(key)
  const [values, setValues] = useState(() => ({ ...empty, ...contact, ...readDraft<Partial<Contact>>(draft) }))
  const { change, pending, error } = useDeskChange(accountId)
  const connected = useConnectionStatus() === 'open'
  const set = (changes: Partial<typeof empty>) => {
    const next = { ...values, ...changes }
    setValues(next)
    keepDraft(JSON.stringify(next))
  }
  const close = () => {
    keepDraft('')
    onClose()
  }
  const ready = connected && !pending && values.name.trim() !== ''
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    const { name, role, reach, howToWork, important } = values
    const id = contact?.id ?? crypto.randomUUID()
    const words = contact ? `${name.trim()} was changed.` : `${name.trim()} was added to the contacts.`
    change({ kind: 'put-contact', contact: { id, side, name, role, reach, howToWork, important } }, words, close)
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    close()
  }
  return (
    <form
      className={styles.form}
      aria-label={contact ? `Change ${contact.name}` : 'New contact'}
      onSubmit={save}
      onKeyDown={leave}
    >
      <ContactFields values={values} onChange={set} />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={!ready}>
          {pending ? 'Saving…' : 'Save'}
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
      <Problem error={error} />
    </form>
  )
}

function ContactFields(props: {
  readonly values: typeof empty
  readonly onChange: (changes: Partial<typeof empty>) => void
}) {
  const { values, onChange } = props
  return (
    <>
      <div className={styles.fields}>
        <TextField
          label="Name"
          ref={takeFocus}
          value={values.name}
          maxLength={300}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <TextField
          label="Role"
          value={values.role}
          maxLength={300}
          onChange={(event) => onChange({ role: event.target.value })}
        />
      </div>
      <TextField
        label="How to reach them"
        value={values.reach}
        maxLength={1000}
        onChange={(event) => onChange({ reach: event.target.value })}
      />
      <TextArea
        label="How to work with them"
        rows={3}
        value={values.howToWork}
        maxLength={4000}
        onChange={(event) => onChange({ howToWork: event.target.value })}
      />
      <CheckField
        label="Important"
        hint="Stands first, and in the brief of an emergency."
        checked={values.important}
        onChange={(important) => onChange({ important })}
      />
    </>
  )
}
