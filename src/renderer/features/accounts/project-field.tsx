import type { UseQueryResult } from '@tanstack/react-query'
import type { AccountRow } from '#contract/accounts.ts'
import type { WorkProject } from '#contract/work-project.ts'
import { useNow } from '../../api/window-context.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { ago } from '../../ui/time-words.ts'
import styles from './accounts-screen.module.css'

/** From this age on, what was known of the projects says how old it is. */
const oldMs = 10 * 60_000

/** In which project of an account an issue is written, and who sees what is written there. */
export function ProjectField(props: {
  readonly account: AccountRow
  readonly projects: UseQueryResult<{ projects: WorkProject[]; asOf: number | null }>
  readonly project: WorkProject | undefined
  readonly onChange: (projectId: string) => void
}) {
  const { account, project, onChange } = props
  const { data, error, refetch } = props.projects
  const now = useNow()
  if (error && !data) {
    return <ErrorNotice what="The projects could not be read" error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Loading what="Asking GitLab for the projects…" />
  if (data.projects.length === 0) return <p className={styles.soft}>{noneWords(account, data.asOf)}</p>
  const age = data.asOf !== null && now - data.asOf > oldMs ? `As GitLab told ${ago(data.asOf, now)}.` : ''
  return (
    <SelectField
      label="Project"
      hint={[project?.customerSees.words, age].filter(Boolean).join(' ')}
      value={project ? String(project.id) : ''}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="" disabled>
        Choose
      </option>
      {data.projects.map(({ id, path, mayWrite }) => (
        <option key={id} value={String(id)} disabled={mayWrite === false}>
          {mayWrite === false ? `${path} (you may not write there)` : path}
        </option>
      ))}
    </SelectField>
  )
}

function noneWords({ name, gitlabGroup }: AccountRow, asOf: number | null): string {
  if (!gitlabGroup) return `No group or project of ${name} in GitLab is named yet. Name it under Edit.`
  if (asOf === null) return `GitLab was not asked for the projects of ${name} yet, and cannot be asked now.`
  return `GitLab shows no project of ${name} to you. Check whether you may see ${gitlabGroup}.`
}
