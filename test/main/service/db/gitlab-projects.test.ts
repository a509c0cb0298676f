import { beforeEach, describe, expect, test } from 'vitest'
import { changeLinks, deleteAccount } from '#service/db/accounts.ts'
import {
  placesOfAccounts,
  projectsOfAccount,
  projectsWithIssues,
  readProject,
  storeProject,
  storeProjectsOfAccount,
} from '#service/db/gitlab-projects.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import type { GitlabProject } from '#service/gitlab/gitlab-writes.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

const acme = 1
const borealis = 2

function aProject(parts: Partial<GitlabProject> = {}): GitlabProject {
  return {
    id: 10,
    path: 'customers/acme/collaboration',
    url: 'https://gitlab.example.com/customers/acme/collaboration',
    visibility: 'private',
    defaultBranch: 'main',
    accessLevel: 30,
    ...parts,
  }
}

let db: WriteDb
beforeEach(() => {
  db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
})
const pathsOf = (accountId: number) => projectsOfAccount(db, accountId).map(({ path }) => path)

describe('a project', () => {
  test('is read as it was told last', () => {
    expect(readProject(db, 10)).toBeNull()
    storeProject(db, aProject(), wednesday)
    storeProject(db, aProject({ path: 'customers/acme/renamed', defaultBranch: null }), wednesday + 1)
    expect(readProject(db, 10)).toEqual({
      ...aProject({ path: 'customers/acme/renamed', defaultBranch: null }),
      fetchedAt: wednesday + 1,
    })
  })

  test('keeps the role and the account that were known when a list does not tell them', () => {
    storeProject(db, aProject(), wednesday, acme)
    storeProject(db, aProject({ accessLevel: null }), wednesday)
    expect(projectsOfAccount(db, acme)).toMatchObject([{ accessLevel: 30 }])
  })
})

describe('the projects of an account', () => {
  test('are those of the latest answer; one that is not among them is nobody’s and stays known', () => {
    storeProjectsOfAccount(db, acme, [aProject(), aProject({ id: 11, path: 'customers/acme/b' })], wednesday)
    storeProjectsOfAccount(db, borealis, [aProject({ id: 20, path: 'customers/borealis/a' })], wednesday)
    storeProjectsOfAccount(db, acme, [aProject({ id: 11, path: 'customers/acme/b' })], wednesday)
    expect([pathsOf(acme), pathsOf(borealis)]).toEqual([['customers/acme/b'], ['customers/borealis/a']])
    expect(readProject(db, 10)).not.toBeNull()
  })

  test('go with the account, and with its place', () => {
    storeProjectsOfAccount(db, acme, [aProject()], wednesday)
    storeProjectsOfAccount(db, borealis, [aProject({ id: 20 })], wednesday)
    deleteAccount(db, acme)
    changeLinks(db, borealis, { gitlabGroup: 'customers/boreal' })
    expect([readProject(db, 10), readProject(db, 20)]).toEqual([null, null])
  })

  test('are known by the issues in its list that lie in them, but not by epics and by what is gone from it', () => {
    const labelled = { labels: ['ASE Work - Acme'] }
    storeIssue(db, acme, anIssue({ ...labelled, projectId: 12, iid: 1 }), wednesday)
    storeIssue(db, acme, anIssue({ ...labelled, projectId: 12, iid: 2 }), wednesday)
    storeIssue(db, acme, anIssue({ ...labelled, projectId: 13, iid: 1, kind: 'epic' }), wednesday)
    storeIssue(db, acme, anIssue({ ...labelled, projectId: 14, iid: 1, movedToId: 5 }), wednesday)
    expect(projectsWithIssues(db, acme)).toEqual([12])
  })
})

test('what is an account’s is its place as it was named and as it was found, its projects, and those with its issues', () => {
  storeProjectsOfAccount(db, acme, [aProject()], wednesday)
  storeIssue(db, acme, anIssue({ labels: ['ASE Work - Acme'], projectId: 12, iid: 1 }), wednesday)
  expect(placesOfAccounts(db, (id) => (id === acme ? 'customers/acme-corp' : null))).toEqual([
    { name: 'Acme', places: ['customers/acme', 'customers/acme-corp'], projectIds: [10, 12] },
    { name: 'Borealis', places: ['customers/borealis'], projectIds: [] },
    { name: 'Cormorant', places: [], projectIds: [] },
  ])
})
