import type { WorkProject } from '#contract/work-project.ts'
import { whoSeesProject } from '#core/issues/who-sees-project.ts'
import { gitlabPathOf } from '../accounts/accounts.ts'
import { suggestionsOf } from '../accounts/suggestions.ts'
import { placesOfAccounts, storeProject } from '../db/gitlab-projects.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { readOrganization, type StoredAccount } from '../db/workspace.ts'
import type { GitlabApi } from '../gitlab/gitlab-api.ts'
import type { GitlabIdentities } from '../gitlab/gitlab-identity.ts'
import type { GitlabProject, GitlabWrites } from '../gitlab/gitlab-writes.ts'
import { findProjects, toWorkProject } from '../gitlab/known-projects.ts'
import { Refusal } from '../refusal.ts'
import { readPlace } from '../sync/gitlab-sync.ts'

/** Where projects of accounts are looked for. */
export interface ProjectSource {
  readonly db: WriteDb
  readonly api: Pick<GitlabApi, 'place'>
  readonly writes: Pick<GitlabWrites, 'project' | 'projectsIn'>
  readonly identity: GitlabIdentities
  /** Time of the service's clock, ms. */
  readonly now: () => number
}

/** Projects of an account, and the one to look at. */
export interface FoundProjects {
  readonly projects: readonly WorkProject[]
  /** Null while none is chosen, or there is none. */
  readonly chosen: { readonly project: GitlabProject; readonly shown: WorkProject } | null
}

/**
 * Finds the projects in an account's group or project, in the one that a person names instead, or, where the account has none, in
 * what the record of its organization names.
 *
 * @throws {Refusal} when the chosen one is not among them.
 * @throws {RemoteFailure} when GitLab cannot be asked, or does not show the place.
 */
export async function findKitProjects(
  source: ProjectSource,
  account: StoredAccount,
  asked: { readonly projectId?: number | undefined; readonly place?: string | undefined },
): Promise<FoundProjects> {
  const { db, writes, identity, now } = source
  const { mode } = await identity.find()
  const others = placesOfAccounts(db, (id) => readPlace(db, id)?.path ?? null).filter(
    ({ name }) => name !== account.name,
  )
  const shown = (project: GitlabProject): WorkProject => ({
    ...toWorkProject(db, project, mode),
    // Once it is set up for the account, its people see it too, whatever is stored of it now.
    customerSees: whoSeesProject(project, [...others, { name: account.name, places: [], projectIds: [project.id] }]),
  })
  const projects = await projectsOf(source, account, asked.place, shown)
  const [only] = projects.length === 1 ? projects : []
  const wanted = asked.projectId === undefined ? only : projects.find(({ id }) => id === asked.projectId)
  if (!wanted) {
    if (asked.projectId === undefined) return { projects, chosen: null }
    throw new Refusal('refused', 'That project is not one of the account’s. Look again and choose another one.')
  }
  // A list does not tell the role of whoever is signed in, and previews go by what is stored.
  const project = await writes.project(wanted.id)
  transaction(db, () => storeProject(db, project, now()))
  return { projects, chosen: { project, shown: shown(project) } }
}

async function projectsOf(
  { db, api, writes, identity, now }: ProjectSource,
  account: StoredAccount,
  place: string | undefined,
  shown: (project: GitlabProject) => WorkProject,
): Promise<readonly WorkProject[]> {
  if (place === undefined && account.gitlabGroup !== null) {
    return (await findProjects({ db, gitlab: { api, writes, identity }, now }, account.id)).projects
  }
  const record = readOrganization(db, account.id)
  const path = gitlabPathOf(place ?? (record && suggestionsOf(record).gitlabProject) ?? '')
  return path === null ? [] : (await writes.projectsIn(await api.place(path))).map(shown)
}
