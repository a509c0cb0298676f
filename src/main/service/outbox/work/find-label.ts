import { sameLabel, spelling } from '#core/outbox/work-wish.ts'
import type { GitlabLabel } from '../../gitlab/gitlab-writes.ts'
import type { GitlabWork } from './gitlab-work.ts'

/** A label of a project or of a group above it, in this spelling or else in another; null: there is none. */
export async function findLabel(work: GitlabWork, projectId: number, name: string): Promise<GitlabLabel | null> {
  const labels = await work.writes.labels(projectId, name)
  return labels.find((one) => one.name === name) ?? labels.find((one) => sameLabel(one.name, name)) ?? null
}

/** Labels as the project spells them: one in another casing would make a second label. */
export async function spellings(work: GitlabWork, projectId: number, names: readonly string[]): Promise<string[]> {
  const spelt: string[] = []
  for (const name of names) {
    const existing = await work.writes.labels(projectId, name)
    spelt.push(
      spelling(
        name,
        existing.map((label) => label.name),
      ),
    )
  }
  return spelt
}
