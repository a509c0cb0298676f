import { useState } from 'react'
import type { DeskPage } from '#contract/desk.ts'
import { environmentFields, environmentNames } from '#core/desk/desk-document.ts'
import { Button } from '../../ui/button.tsx'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'
import { DeskText } from './desk-text.tsx'
import { useDeskChange } from './use-desk-change.ts'
import styles from './desk.module.css'

/** The customer's GitLab, field by field, and what else is to be said of it. */
export function DeskEnvironment({ page }: { readonly page: DeskPage }) {
  const { account, document } = page
  const [showsAll, setShowsAll] = useState(false)
  const workspace = useWorkspaceName()
  const filled = environmentFields.filter((field) => document.environment[field] !== undefined)
  const shown = showsAll ? environmentFields : filled
  const open = environmentFields.length - filled.length
  return (
    <section aria-labelledby="desk-environment">
      <div className={styles.head}>
        <h2 id="desk-environment">Environment</h2>
        {open > 0 && (
          <Button look="quiet" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? 'Hide what is empty' : `Fill in ${open} more`}
          </Button>
        )}
      </div>
      {shown.length === 0 && document.environmentNote === '' && (
        <p className={styles.soft}>
          Nothing is known yet. Fill it in, or take in the account’s inventory with Take in… above.
        </p>
      )}
      <dl className={styles.facts}>
        {shown.map((field) => (
          <div key={field}>
            <dt>{environmentNames[field]}</dt>
            <dd>
              <DeskText
                accountId={account.id}
                name={environmentNames[field]}
                text={document.environment[field] ?? ''}
                draftKey={`desk ${workspace} ${account.id} environment ${field}`}
                hint="Nothing yet"
                editOf={(text) => ({ kind: 'environment', field, text })}
              />
            </dd>
          </div>
        ))}
        <div>
          <dt>Notes</dt>
          <dd>
            <DeskText
              accountId={account.id}
              name="Notes on the environment"
              text={document.environmentNote}
              draftKey={`desk ${workspace} ${account.id} environmentNote`}
              hint="What else is to be known of it"
              editOf={(text) => ({ kind: 'text', field: 'environmentNote', text })}
            />
          </dd>
        </div>
      </dl>
      <Extras page={page} />
    </section>
  )
}

/** What an import brought and has no field of its own. */
function Extras({ page: { account, document } }: { readonly page: DeskPage }) {
  const { change, pending } = useDeskChange(account.id)
  if (document.extras.length === 0) return null
  return (
    <>
      <h3>Taken in without a field of its own</h3>
      <dl className={styles.facts}>
        {document.extras.map(({ id, name, text }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd className={styles.extra}>
              <span className={styles.text}>{text}</span>
              <Button
                look="quiet"
                icon="trash"
                aria-label={`Remove ${name}`}
                title="Remove"
                disabled={pending}
                onClick={() => change({ kind: 'remove-extra', id }, `${name} was removed.`)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
