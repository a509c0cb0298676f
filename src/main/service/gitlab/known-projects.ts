import type { GitlabMode } from '#contract/gitlab-connection.ts'
import type { WorkProject } from '#contract/work-project.ts'
import { whoSeesProject } from '#core/issues/who-sees-project.ts'
import {
  placesOfAccounts,
  projectsOfAccount,
  projectsWithIssues,
  storeProjectsOfAccount,
} from '../db/gitlab-projects.ts'
import type { ReadDb, WriteDb } from '../db/sql.ts'
import { readRoster, type StoredAccount } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import { atPlace, readPlace } from '../sync/gitlab-sync.ts'
import { isPassing, RemoteFailure } from '../transport/remote-failure.ts'
import type { GitlabApi, GitlabPlace } from './gitlab-api.ts'
import type { GitlabIdentities } from './gitlab-identity.ts'
import type { GitlabProject, GitlabWrites } from './gitlab-writes.ts'

/** What projects are found out from. */
export interface KnownProjectsDeps {
  readonly db: WriteDb
  /** Null where nothing is connected: then what is stored counts. */
  readonly gitlab: {
    readonly api: Pick<GitlabApi, 'place'>
    readonly writes: Pick<GitlabWrites, 'project' | 'projectsIn'>
    readonly identity: GitlabIdentities
  } | null
  /** Time of the service's clock, ms. */
  readonly now: () => number
}

/** Projects in which an account's work can be written down, and when GitLab was asked; null: it never was. */
export interface ProjectsFound {
  readonly projects: readonly WorkProject[]
  readonly asOf: number | null
}

/** From this role on somebody may open an issue with labels and people on it: a Planner may, a Guest only without. */
const writingLevel = 15
/** Lists of a group do not tell our role; of more projects than this it is not asked one by one. */
const mostAskedSingly = 5

/**
 * The projects of an account: those in its group, or its project, and those in which its issues lie. Asked from GitLab; where that
 * cannot be asked, those that are stored.
 *
 * @throws {Refusal} `not-found` for an account that is not followed.
 * @throws {RemoteFailure} when GitLab refuses, or cannot be asked and nothing is stored.
 */
export async function findProjects(deps: KnownProjectsDeps, accountId: number): Promise<ProjectsFound> {
  const { db, gitlab, now } = deps
  const { gitlabGroup: place } = accountIn(db, accountId)
  if (gitlab === null || place === null) return storedProjects(deps, accountId)
  try {
    await gitlab.identity.find()
    const found = await atPlace({ db, api: gitlab.api, now }, { id: accountId, place }, (known) =>
      projectsAt(gitlab.writes, known),
    )
    const others = projectsWithIssues(db, accountId).filter((id) => !found.some((project) => project.id === id))
    const elsewhere = await askSingly(gitlab.writes, others)
    const projects = [...found, ...elsewhere]
    // It may have been given another place while GitLab was asked.
    if (accountIn(db, accountId).gitlabGroup === place) storeProjectsOfAccount(db, accountId, projects, now())
  } catch (failure) {
    const stored = storedProjects(deps, accountId)
    if (stored.asOf !== null && failure instanceof RemoteFailure && isUnasked(failure)) return stored
    throw failure
  }
  return storedProjects(deps, accountId)
}

/**
 * A project as it is shown to whoever is to write in it.
 *
 * @param mode of the sign-in; null where it is not known.
 */
export function toWorkProject(db: ReadDb, project: GitlabProject, mode: GitlabMode | null): WorkProject {
  const { id, path, url, accessLevel } = project
  const mayWrite = mode === 'read-only' ? false : accessLevel === null ? null : accessLevel >= writingLevel
  return { id, path, url, customerSees: whoSees(db, project), mayWrite }
}

/** Whether customers see what is written in a project, by the accounts that are followed here. */
export function whoSees(
  db: ReadDb,
  project: Pick<GitlabProject, 'id' | 'path' | 'visibility'>,
): WorkProject['customerSees'] {
  return whoSeesProject(
    project,
    placesOfAccounts(db, (accountId) => readPlace(db, accountId)?.path ?? null),
  )
}

function storedProjects({ db, gitlab }: KnownProjectsDeps, accountId: number): ProjectsFound {
  const stored = projectsOfAccount(db, accountId)
  const mode = gitlab?.identity.known()?.mode ?? null
  const asOf = stored.length === 0 ? null : Math.min(...stored.map(({ fetchedAt }) => fetchedAt))
  return { projects: stored.map((project) => toWorkProject(db, project, mode)), asOf }
}

function accountIn(db: ReadDb, accountId: number): StoredAccount {
  const found = readRoster(db).accounts.find(({ id }) => id === accountId)
  if (found) return found
  throw new Refusal('not-found', 'This account is not followed here.', {
    missing: { what: 'account', id: String(accountId) },
  })
}

/** The projects of a place, each with our role in it as far as GitLab tells. */
async function projectsAt(
  writes: Pick<GitlabWrites, 'project' | 'projectsIn'>,
  place: GitlabPlace,
): Promise<readonly GitlabProject[]> {
  const found = await writes.projectsIn(place)
  const untold = found.filter(({ accessLevel }) => accessLevel === null).map(({ id }) => id)
  if (untold.length > mostAskedSingly) return found
  const told = await askSingly(writes, untold)
  return found.map((project) => told.find(({ id }) => id === project.id) ?? project)
}

/** Those of some projects that can be seen. */
async function askSingly(
  writes: Pick<GitlabWrites, 'project'>,
  ids: readonly number[],
): Promise<readonly GitlabProject[]> {
  const found: GitlabProject[] = []
  for (const id of ids.slice(0, mostAskedSingly)) {
    try {
      found.push(await writes.project(id))
    } catch (failure) {
      if (!(failure instanceof RemoteFailure) || (failure.kind !== 'not-found' && failure.kind !== 'forbidden')) {
        throw failure
      }
    }
  }
  return found
}

/** Whether a failure says nothing about what was asked. */
function isUnasked(failure: RemoteFailure): boolean {
  return isPassing(failure) || ['unauthorized', 'untrusted', 'aborted'].includes(failure.kind)
}
