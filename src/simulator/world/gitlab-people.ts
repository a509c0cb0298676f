import { projectsOf } from './gitlab-places.ts'
import type { GitlabProject, GitlabUser } from './issue.ts'
import { gitlabUserOf } from './issue.ts'
import { engineerUser } from './issues.ts'
import { accounts } from './organizations.ts'
import { engineers, me } from './people.ts'

/** A member of a project, by what they may do in it: 20 reporter, 30 developer, 40 maintainer. */
export interface GitlabMember {
  readonly user: GitlabUser
  readonly accessLevel: number
}

/** The manager of the engineers, who looks at notes of organizations before they are merged. Not an agent of Zendesk. */
export const manager: GitlabUser = { id: 41_010, username: 'rlindqvist', name: 'Renate Lindqvist' }

const support: readonly GitlabUser[] = [...engineers.map(({ id }) => engineerUser(id)), manager]

/** Everybody who has a user here: the engineers, their manager, and the customers' people. */
export const gitlabUsers: readonly GitlabUser[] = [
  ...support,
  ...accounts.flatMap(({ contacts }) => contacts.map(gitlabUserOf)),
]

/** Who is signed in. */
export const myUser = (): GitlabUser => engineerUser(me.id)

/** Who is in a project, by a group above it or by itself. Customers are members of their own projects only. */
export function membersOf(project: GitlabProject): readonly GitlabMember[] {
  const account = accounts.find((one) => projectsOf(one).some(({ id }) => id === project.id))
  const levelOf = ({ id }: GitlabUser): number =>
    id === manager.id ? 40 : id === myUser().id ? project.accessLevel : 30
  return [
    ...support.map((user) => ({ user, accessLevel: levelOf(user) })),
    ...(account?.contacts ?? []).map((contact) => ({ user: gitlabUserOf(contact), accessLevel: 30 })),
  ]
}

/** The members of a project among these ids, in this order. GitLab leaves others out without a word when somebody is assigned. */
export function membersAmong(project: GitlabProject, wanted: readonly number[]): readonly GitlabUser[] {
  const members = membersOf(project).map(({ user }) => user)
  return [...new Set(wanted)].flatMap((id) => members.filter((user) => user.id === id))
}
