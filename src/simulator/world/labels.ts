import { gitlabGroups, supportProjects } from './gitlab-places.ts'
import type { GitlabProject, WorkItem } from './issue.ts'
import { accounts } from './organizations.ts'

/** A label of a project, or of a group and everything below it. */
export interface GitlabLabel {
  readonly id: number
  readonly name: string
  readonly color: string
  readonly description: string | null
  readonly owner: { readonly kind: 'project' | 'group'; readonly id: number }
}

/** The colour of a label that GitLab makes by itself. */
const defaultColor = '#6699cc'

/** The labels of a world: those of the accounts that have a group are the group's, every other one is of the project whose issues have it. */
export function createLabels(issues: readonly (WorkItem & { readonly project: GitlabProject })[]) {
  let made = 0
  let labels: readonly GitlabLabel[] = []
  let subscribed: ReadonlySet<string> = new Set()

  const add = (label: Omit<GitlabLabel, 'id'>): GitlabLabel => {
    const whole = { ...label, id: 36_400_000 + 23 * ++made }
    labels = [...labels, whole]
    return whole
  }
  const groupsAbove = ({ path }: GitlabProject): readonly number[] =>
    gitlabGroups.filter((group) => path.startsWith(`${group.path}/`)).map(({ id }) => id)
  const isOf = (project: GitlabProject, withGroups: boolean): ((label: GitlabLabel) => boolean) => {
    const groups = withGroups ? groupsAbove(project) : []
    return ({ owner }) => (owner.kind === 'project' ? owner.id === project.id : groups.includes(owner.id))
  }
  const available = (project: GitlabProject, withGroups = true): readonly GitlabLabel[] =>
    labels.filter(isOf(project, withGroups)).toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.id - b.id)
  /** Makes the labels of this project that are not there yet, as GitLab does when an issue gets them. */
  const ensure = (project: GitlabProject, names: readonly string[]): void => {
    const known = new Set(available(project).map(({ name }) => name))
    for (const name of new Set(names)) {
      if (known.has(name)) continue
      add({ name, color: defaultColor, description: null, owner: { kind: 'project', id: project.id } })
    }
  }

  for (const { label, gitlabGroup, ase } of accounts) {
    const group = gitlabGroups.find(({ path }) => path === gitlabGroup)
    if (!group || label === null) continue
    const description = `Proactive work of ${ase?.name ?? 'the Assigned Support Engineer'}`
    add({ name: label, color: '#1068bf', description, owner: { kind: 'group', id: group.id } })
  }
  const { coverage } = supportProjects()
  ensure(coverage, ['Coverage', 'Coverage arranged'])
  for (const { project, labels: names } of issues) ensure(project, names)

  const key = (project: GitlabProject, label: GitlabLabel): string => `${project.id} ${label.id}`
  return {
    available,
    ensure,
    add,
    /** By id or exact name, the groups' included. */
    find: (project: GitlabProject, idOrName: string): GitlabLabel | undefined =>
      available(project).find(({ id }) => String(id) === idOrName) ??
      available(project).find(({ name }) => name === idOrName),
    byId: (id: number): GitlabLabel | undefined => labels.find((label) => label.id === id),
    all: (): readonly GitlabLabel[] => labels,
    /** Forgets a label; who calls takes it from the issues. */
    remove(gone: GitlabLabel): void {
      labels = labels.filter(({ id }) => id !== gone.id)
    },
    /** Subscriptions, each as `PROJECT_ID LABEL_ID`. */
    subscribed: (): readonly string[] => [...subscribed],
    isSubscribed: (project: GitlabProject, label: GitlabLabel): boolean => subscribed.has(key(project, label)),
    subscribe(project: GitlabProject, label: GitlabLabel, wanted: boolean): void {
      const others = [...subscribed].filter((one) => one !== key(project, label))
      subscribed = new Set(wanted ? [...others, key(project, label)] : others)
    },
  }
}

export type GitlabLabels = ReturnType<typeof createLabels>
