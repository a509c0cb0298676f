/** A GitLab project as far as it decides who sees what is written there. */
interface ProjectSeen {
  readonly id: number
  /** `group/subgroup/project`. */
  readonly path: string
  readonly visibility: 'private' | 'internal' | 'public'
}

/** What is an account's in GitLab. */
export interface PlacesOfAccount {
  readonly name: string
  /** Paths of its group or project, as they were named and as they were found; a number is a project's id. */
  readonly places: readonly string[]
  /** Projects it is known to see: found in its group, or with issues of it in them. */
  readonly projectIds: readonly number[]
}

/**
 * Whether customers see what is written in a project. In what is shared with an account they see all of it, internal notes and
 * confidential issues as well, because they are members there. An internal project of nobody's account is seen by colleagues.
 */
export function whoSeesProject(
  project: ProjectSeen,
  accounts: readonly PlacesOfAccount[],
): { readonly visible: boolean; readonly words: string } {
  const names = accounts.filter((account) => isOf(account, project)).map(({ name }) => name)
  if (names.length > 0) {
    return { visible: true, words: `Everything in this project can be seen by ${listed(names)}.` }
  }
  if (project.visibility === 'public') {
    return { visible: true, words: `Anybody can see it: ${project.path} is public.` }
  }
  return { visible: false, words: `Colleagues who may see ${project.path}.` }
}

function isOf({ places, projectIds }: PlacesOfAccount, { id, path }: ProjectSeen): boolean {
  if (projectIds.includes(id)) return true
  // GitLab's paths are the same in any casing.
  const full = path.toLowerCase()
  return places.some((place) => {
    const named = place.toLowerCase()
    return named === String(id) || named === full || full.startsWith(`${named}/`)
  })
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
