import { createHash } from 'node:crypto'
import { DAY, wholeSecond } from '../time.ts'
import { openingFiles } from './opening-files.ts'
import type { GitlabProject, GitlabUser } from './issue.ts'

/** A file as a commit has it. */
export interface GitFile {
  readonly content: Buffer
  /** The commit that wrote it. */
  readonly lastCommitId: string
}

/** A commit with everything that is in it. */
export interface GitCommit {
  readonly id: string
  readonly parentIds: readonly string[]
  readonly message: string
  readonly author: GitlabUser
  readonly createdAt: number
  readonly files: ReadonlyMap<string, GitFile>
}

/** The repository of a project. Without any branch it is empty. */
export interface GitRepository {
  readonly project: GitlabProject
  readonly defaultBranch: string
  /** From which level on one may push to the default branch: 30 developer, 40 maintainer. */
  pushLevel: number
  /** Names of branches with the id of their last commit. */
  readonly branches: Map<string, string>
  readonly commits: Map<string, GitCommit>
}

/** What a commit does to a file: new content, or null for its end. */
export type FileChanges = ReadonlyMap<string, Buffer | null>

export interface NewCommit {
  readonly branch: string
  /** From where the branch starts if it is not there yet. */
  readonly startBranch: string
  readonly message: string
  readonly author: GitlabUser
  readonly changes: FileChanges
}

/** The repositories of a world. `now` is simulated time. */
export function createRepositories(projects: ReadonlyMap<number, GitlabProject>, anchor: number, now: () => number) {
  const byProject = new Map<number, GitRepository>()

  const add = (
    repository: GitRepository,
    commit: Omit<GitCommit, 'id' | 'files'>,
    changes: FileChanges,
    before: GitCommit['files'],
  ): GitCommit => {
    const { parentIds, message, createdAt } = commit
    const tells = [repository.project.id, ...parentIds, message, createdAt, repository.commits.size]
    const hash = createHash('sha1').update(tells.join('\n'))
    for (const [path, content] of changes) hash.update(path).update(content ?? '-')
    const id = hash.digest('hex')
    const files = new Map(before)
    for (const [path, content] of changes) {
      if (content === null) files.delete(path)
      else files.set(path, { content, lastCommitId: id })
    }
    const whole = { ...commit, id, files }
    repository.commits.set(id, whole)
    return whole
  }

  /** The commit that a branch, a commit's id or `HEAD` names. */
  const find = (repository: GitRepository, ref: string): GitCommit | undefined => {
    const name = ref === 'HEAD' ? repository.defaultBranch : ref.replace(/^refs\/heads\//, '')
    return repository.commits.get(repository.branches.get(name) ?? name)
  }

  for (const project of projects.values()) {
    const { defaultBranch, pushLevel, author, files } = openingFiles(project)
    const repository = { project, defaultBranch, pushLevel, branches: new Map(), commits: new Map() }
    byProject.set(project.id, repository)
    if (files.length === 0) continue
    const createdAt = wholeSecond(anchor - 120 * DAY + (project.id % 5000) * 60_000)
    const changes = new Map(files.map(([path, text]) => [path, Buffer.from(text, 'utf8')]))
    const first = add(repository, { parentIds: [], message: 'Initial commit', author, createdAt }, changes, new Map())
    repository.branches.set(defaultBranch, first.id)
  }

  return {
    of(project: GitlabProject): GitRepository {
      const repository = byProject.get(project.id)
      if (!repository) throw new Error(`no repository of project ${project.id}`)
      return repository
    },
    all: (): readonly GitRepository[] => [...byProject.values()],
    find,
    /** Commits to a branch; whether that is allowed, the caller has looked at. */
    commit(repository: GitRepository, { branch, startBranch, message, author, changes }: NewCommit): GitCommit {
      const parent = find(repository, branch) ?? find(repository, startBranch)
      const about = { parentIds: parent ? [parent.id] : [], message, author, createdAt: wholeSecond(now()) }
      const made = add(repository, about, changes, parent?.files ?? new Map())
      repository.branches.set(branch, made.id)
      return made
    },
    /** Merges a branch into another; null when both changed the same file. */
    merge(repository: GitRepository, from: string, into: string, author: GitlabUser): GitCommit | null {
      const source = find(repository, from)
      const target = find(repository, into)
      if (!source || !target) return null
      const base = commonAncestor(repository, source, target)
      const theirs = changesBetween(base?.files ?? new Map(), source.files)
      const ours = changesBetween(base?.files ?? new Map(), target.files)
      if ([...theirs.keys()].some((path) => ours.has(path))) return null
      const message = `Merge branch '${from}' into '${into}'`
      const about = { parentIds: [target.id, source.id], message, author, createdAt: wholeSecond(now()) }
      const made = add(repository, about, theirs, target.files)
      repository.branches.set(into, made.id)
      return made
    },
    /** Takes everything out of a repository, as if nobody had pushed to it yet. */
    empty({ branches, commits }: GitRepository): void {
      branches.clear()
      commits.clear()
    },
  }
}

export type GitRepositories = ReturnType<typeof createRepositories>

function changesBetween(before: GitCommit['files'], after: GitCommit['files']): FileChanges {
  const changes = new Map<string, Buffer | null>()
  for (const [path, { content }] of after) if (before.get(path)?.content !== content) changes.set(path, content)
  for (const path of before.keys()) if (!after.has(path)) changes.set(path, null)
  return changes
}

function commonAncestor({ commits }: GitRepository, a: GitCommit, b: GitCommit): GitCommit | undefined {
  const lineage = (from: GitCommit): readonly GitCommit[] => {
    const seen = new Map<string, GitCommit>()
    const queue = [from]
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (seen.has(next.id)) continue
      seen.set(next.id, next)
      queue.push(...next.parentIds.flatMap((id) => commits.get(id) ?? []))
    }
    return [...seen.values()]
  }
  const known = new Set(lineage(b).map(({ id }) => id))
  return lineage(a).find(({ id }) => known.has(id))
}
