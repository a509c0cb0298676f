import { type FormEvent, useId, useState } from 'react'
import type { AccountRow } from '#contract/accounts.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import type { KitState } from './use-kit.ts'
import field from '../../ui/person-field.module.css'
import styles from './kit-dialog.module.css'

/** Which project it is: the only one, one of several, or the one that a person names. */
export function KitPlace({ account, state }: { readonly account: AccountRow; readonly state: KitState }) {
  const { kit, error } = state
  // The field stays while what was typed in it is being looked at.
  const asks = account.gitlabGroup === null || isAbsent(error) || state.place !== undefined
  return (
    <>
      {asks && <PlaceField account={account} state={state} />}
      {kit && !error && kit.projects.length > 1 && <ProjectField state={state} />}
      {kit?.project && !error && <Project project={kit.project} />}
    </>
  )
}

/** Whether GitLab does not have the account's place, or does not show it. */
function isAbsent(error: Error | null): boolean {
  const data: unknown = error && 'data' in error ? error.data : null
  return typeof data === 'object' && data !== null && 'reason' in data && data.reason === 'not-found'
}

function PlaceField({ account, state }: { readonly account: AccountRow; readonly state: KitState }) {
  const { kit } = state
  const [text, setText] = useState(account.gitlabGroup ?? '')
  const look = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') state.lookAt(text.trim())
  }
  return (
    <form className={styles.place} onSubmit={look}>
      <TextField
        label="Group or project in GitLab"
        hint={
          kit?.project && state.place === undefined && account.gitlabGroup === null
            ? 'The account has none yet. The one below stands in the record of its organization; name another one here.'
            : 'Its path or address, like account-management/emea/acme.'
        }
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" icon="search" disabled={text.trim() === '' || state.looking}>
        Look
      </Button>
    </form>
  )
}

function ProjectField({ state }: { readonly state: KitState }) {
  const id = useId()
  const { kit } = state
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        Project
      </label>
      <select
        id={id}
        className={field.select}
        value={kit?.project?.id ?? ''}
        onChange={(event) => state.choose(Number(event.target.value))}
      >
        <option value="" disabled>
          Choose
        </option>
        {kit?.projects.map((project) => (
          <option key={project.id} value={project.id}>
            {project.path}
          </option>
        ))}
      </select>
    </div>
  )
}

function Project({ project }: { readonly project: NonNullable<NonNullable<KitState['kit']>['project']> }) {
  const openExternal = useOpenExternal()
  const { path, url, customerSees } = project
  return (
    <div>
      <button type="button" className={styles.link} title="Open in GitLab" onClick={() => openExternal(url)}>
        {path}
      </button>
      <p className={classNames(styles.audience, customerSees.visible ? styles.visible : styles.hidden)}>
        <Icon name={customerSees.visible ? 'eye' : 'lock'} size={14} />
        <span>{customerSees.words}</span>
      </p>
    </div>
  )
}
