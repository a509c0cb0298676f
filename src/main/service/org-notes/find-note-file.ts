import { readNotePlace, writeNotePlace } from '../db/org-notes.ts'
import type { WriteDb } from '../db/sql.ts'
import type { GitlabFiles } from '../gitlab/gitlab-files.ts'
import type { GitlabProject, GitlabWrites } from '../gitlab/gitlab-writes.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { readNoteFile, type NoteFile } from '../yaml/note-file.ts'

/** Where files of organizations are looked for. */
export interface NoteFileSource {
  readonly db: WriteDb
  readonly files: GitlabFiles
  readonly writes: Pick<GitlabWrites, 'file'>
  /** Time of the service's clock, ms. */
  readonly now: () => number
}

/** The file of an organization as it is in the default branch, or where a new one goes. */
export type FoundNoteFile =
  | { readonly kind: 'there'; readonly path: string; readonly content: string; readonly file: NoteFile }
  | {
      readonly kind: 'missing'
      readonly path: string
      /** Files that were not looked into, since GitLab could not search. */
      readonly unread: number
    }

/** The folder of the project in which the files lie. */
const folder = 'organizations'
/** Where GitLab cannot search, no more files than these are read: everybody shares its limits. */
const mostRead = 40
/** Of what a search finds, and of files that are merely called like the account. */
const fewRead = 5

/**
 * Finds the file of an organization by its Zendesk id: where it was last time, by GitLab's search, or by the names of the files. Where
 * it is found is remembered.
 *
 * @throws {Refusal} where its file is no YAML, with line and column.
 * @throws {RemoteFailure} when GitLab cannot be asked.
 */
export async function findNoteFile(
  source: NoteFileSource,
  project: Pick<GitlabProject, 'id' | 'defaultBranch'>,
  organization: { readonly id: number; readonly name: string },
): Promise<FoundNoteFile> {
  const { db, files, now } = source
  const slug = slugOf(organization.name)
  const missing = `${folder}/${slug}.yaml`
  const { defaultBranch } = project
  if (defaultBranch === null) return { kind: 'missing', path: missing, unread: 0 }
  const look = async (paths: readonly string[]): Promise<FoundNoteFile | null> => {
    for (const path of paths) {
      const found = await noteFileAt(source, { projectId: project.id, ref: defaultBranch, path }, organization.id)
      if (!found) continue
      writeNotePlace(db, organization.id, { projectId: project.id, path }, now())
      return found
    }
    return null
  }
  const known = readNotePlace(db, organization.id)
  const before = known?.projectId === project.id ? await look([known.path]) : null
  if (before) return before
  const searched = await orNull(files.containing(project.id, String(organization.id)))
  const byId = await look((searched ?? []).filter(isNoteFile).slice(0, fewRead))
  if (byId) return byId
  const all = (await files.inFolder(project.id, folder, defaultBranch)).filter(isNoteFile)
  const likely = all.toSorted((a, b) => likeness(b, organization) - likeness(a, organization))
  const most = searched === null ? mostRead : fewRead
  const tried = searched === null ? likely : likely.filter((path) => likeness(path, organization) > 0)
  const byName = await look(tried.slice(0, most))
  if (byName) return byName
  const path = all.includes(missing) ? `${folder}/${slug}-${organization.id}.yaml` : missing
  return { kind: 'missing', path, unread: searched === null ? Math.max(0, all.length - most) : 0 }
}

/** The file at a place, where it is this organization's. */
async function noteFileAt(
  { writes }: NoteFileSource,
  { projectId, ref, path }: { readonly projectId: number; readonly ref: string; readonly path: string },
  organizationId: number,
): Promise<FoundNoteFile | null> {
  const found = await writes.file(projectId, path, ref)
  if (!found) return null
  const { content } = found
  const read = readNoteFile(content)
  if (read.kind === 'read')
    return read.file.id === organizationId ? { kind: 'there', path, content, file: read.file } : null
  if (!new RegExp(`^["']?id["']?[ \\t]*:[ \\t]*["']?${organizationId}\\b`, 'm').test(content)) return null
  throw new Refusal(
    'refused',
    `${path} in GitLab cannot be read. ${read.words} Mend it there first; what you wrote is kept.`,
  )
}

/** Null where GitLab does not search for us: it may be switched off, or busy. */
async function orNull<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked
  } catch (failure) {
    if (failure instanceof RemoteFailure && failure.kind !== 'unauthorized' && failure.kind !== 'aborted') return null
    throw failure
  }
}

function isNoteFile(path: string): boolean {
  return path.startsWith(`${folder}/`) && /\.ya?ml$/i.test(path)
}

/** How much a file is called like an organization: how many words of its name, or its id, are in it. */
function likeness(path: string, { id, name }: { readonly id: number; readonly name: string }): number {
  const file = path.toLowerCase()
  const words = slugOf(name)
    .split('-')
    .filter((word) => word.length > 2)
  return words.filter((word) => file.includes(word)).length + (file.includes(String(id)) ? words.length + 1 : 0)
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return slug === '' ? 'organization' : slug.slice(0, 80)
}
