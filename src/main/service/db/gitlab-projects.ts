import type { PlacesOfAccount } from '#core/issues/who-sees-project.ts'
import type { GitlabProject } from '../gitlab/gitlab-writes.ts'
import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

/** A project as it was told last. */
export interface StoredProject extends GitlabProject {
  /** When that was, ms. */
  readonly fetchedAt: number
}

const columns = `id, path, url, visibility, default_branch AS defaultBranch, access_level AS accessLevel, fetched_at AS fetchedAt`

/** One project, or null when it was never met. */
export function readProject(db: ReadDb, id: number): StoredProject | null {
  return prepared<[number], StoredProject>(db, `SELECT ${columns} FROM gitlab_projects WHERE id = ?`).get(id) ?? null
}

/** Projects that were found to be an account's, by path. */
export function projectsOfAccount(db: ReadDb, accountId: number): StoredProject[] {
  return prepared<[number], StoredProject>(
    db,
    `SELECT ${columns} FROM gitlab_projects WHERE account_id = ? ORDER BY path`,
  ).all(accountId)
}

/** Stores a project as it was told. A role that was known stays where it was not told this time; so does whose it is. */
export function storeProject(db: WriteDb, project: GitlabProject, at: number, accountId: number | null = null): void {
  const { id, path, url, visibility, defaultBranch, accessLevel } = project
  prepared<unknown[]>(
    db,
    `INSERT INTO gitlab_projects (id, path, url, visibility, default_branch, access_level, account_id, fetched_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET path = excluded.path, url = excluded.url, visibility = excluded.visibility,
       default_branch = excluded.default_branch, access_level = coalesce(excluded.access_level, access_level),
       account_id = coalesce(excluded.account_id, account_id), fetched_at = excluded.fetched_at`,
  ).run(id, path, url, visibility, defaultBranch, accessLevel, accountId, at)
}

/** Stores which projects are an account's. One that is among them no more is nobody's from now on. */
export function storeProjectsOfAccount(
  db: WriteDb,
  accountId: number,
  projects: readonly GitlabProject[],
  at: number,
): void {
  transaction(db, () => {
    prepared<[number]>(db, 'UPDATE gitlab_projects SET account_id = NULL WHERE account_id = ?').run(accountId)
    for (const project of projects) storeProject(db, project, at, accountId)
  })
}

/** Projects in which issues of an account's list lie. */
export function projectsWithIssues(db: ReadDb, accountId: number): number[] {
  return prepared<[number], { id: number }>(
    db,
    `SELECT DISTINCT project_id AS id FROM issues WHERE account_id = ? AND kind = 'issue' AND fate IS NULL ORDER BY 1`,
  )
    .all(accountId)
    .map(({ id }) => id)
}

/** What is known to be each account's in GitLab. */
export function placesOfAccounts(db: ReadDb, foundPath: (accountId: number) => string | null): PlacesOfAccount[] {
  const rows = prepared<[], { id: number; name: string; place: string | null; projectIds: string }>(
    db,
    `SELECT a.id, a.name, a.gitlab_group AS place,
            (SELECT json_group_array(id) FROM (
               SELECT p.id FROM gitlab_projects p WHERE p.account_id = a.id
               UNION SELECT i.project_id FROM issues i WHERE i.account_id = a.id AND i.kind = 'issue')) AS projectIds
     FROM accounts a ORDER BY a.name`,
  ).all()
  return rows.map(({ id, name, place, projectIds }) => ({
    name,
    places: [place, foundPath(id)].filter((path) => path !== null),
    projectIds: JSON.parse(projectIds) as number[],
  }))
}
