import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { DeskPage } from '#contract/desk.ts'
import { useConnectionStatus } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { readDraft } from './read-draft.ts'
import { useDeskChange } from './use-desk-change.ts'
import styles from './desk.module.css'

type Resource = DeskPage['document']['resources'][number]

/** Documents, dashboards and pages that help with the account. */
export function DeskResources({ page }: { readonly page: DeskPage }) {
  const [open, setOpen] = useState<string | undefined>(undefined)
  const { resources } = page.document
  const close = () => setOpen(undefined)
  return (
    <section aria-labelledby="desk-resources">
      <div className={styles.head}>
        <h2 id="desk-resources">Resources</h2>
        <Button icon="plus" look="quiet" aria-label="Add a resource" onClick={() => setOpen('new')}>
          Add
        </Button>
      </div>
      {resources.length === 0 && open === undefined && (
        <p className={styles.soft}>
          None yet. Add runbooks, dashboards and issues that the next engineer will look for.
        </p>
      )}
      <ul className={styles.rows}>
        {resources.map((resource) => (
          <li key={resource.id}>
            {open === resource.id ? (
              <ResourceForm accountId={page.account.id} resource={resource} onClose={close} />
            ) : (
              <ResourceRow accountId={page.account.id} resource={resource} onEdit={() => setOpen(resource.id)} />
            )}
          </li>
        ))}
      </ul>
      {open === 'new' && <ResourceForm accountId={page.account.id} resource={undefined} onClose={close} />}
    </section>
  )
}

function ResourceRow(props: { readonly accountId: number; readonly resource: Resource; readonly onEdit: () => void }) {
  const { accountId, resource, onEdit } = props
  const { id, title, url, about } = resource
  const openExternal = useOpenExternal()
  const { change, pending, error } = useDeskChange(accountId)
  return (
    <>
      <div className={styles.head}>
        <p>
          <button type="button" className={styles.link} title={url} onClick={() => openExternal(url)}>
            {title}
          </button>
          {about !== '' && <span className={styles.soft}> {about}</span>}
        </p>
        <span className={styles.rowButtons}>
          <Button look="quiet" icon="edit" aria-label={`Change ${title}`} title="Change" onClick={onEdit} />
          <Button
            look="quiet"
            icon="trash"
            aria-label={`Remove ${title}`}
            title="Remove"
            disabled={pending}
            onClick={() => change({ kind: 'remove-resource', id }, `${title} was removed from the resources.`)}
          />
        </span>
      </div>
      <Problem error={error} />
    </>
  )
}

const empty = { title: '', url: '', about: '' }

function ResourceForm(props: {
  readonly accountId: number
  readonly resource: Resource | undefined
  readonly onClose: () => void
}) {
  const { accountId, resource, onClose } = props
  const key = `desk ${useWorkspaceName()} ${accountId} resource ${resource?.id ?? 'new'}`
  const [draft, keepDraft] = useDraft(key)
  const [values, setValues] = useState(() => ({ ...empty, ...resource, ...readDraft<Resource>(draft) }))
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
  const url = values.url.trim()
  const isAddress = URL.parse(url)?.protocol === 'https:'
  const ready = connected && !pending && values.title.trim() !== '' && isAddress
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    const { title, about } = values
    const id = resource?.id ?? crypto.randomUUID()
    const words = `${title.trim()} was ${resource ? 'changed' : 'added to the resources'}.`
    change({ kind: 'put-resource', resource: { id, title, url, about } }, words, close)
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    close()
  }
  return (
    <form
      className={styles.form}
      aria-label={resource ? `Change ${resource.title}` : 'New resource'}
      onSubmit={save}
      onKeyDown={leave}
    >
      <TextField
        label="Title"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was just asked for
        autoFocus
        value={values.title}
        maxLength={300}
        onChange={(event) => set({ title: event.target.value })}
      />
      <TextField
        label="Address"
        value={values.url}
        maxLength={2000}
        problem={url !== '' && !isAddress ? 'Write an address that begins with https://' : undefined}
        onChange={(event) => set({ url: event.target.value })}
      />
      <TextField
        label="What it is for"
        value={values.about}
        maxLength={1000}
        onChange={(event) => set({ about: event.target.value })}
      />
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
