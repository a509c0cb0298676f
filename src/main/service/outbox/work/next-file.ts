import { branchName } from '#core/outbox/branch-name.ts'
import { fileSides, judgeFileWish } from '#core/outbox/work-judge.ts'
import type { FileWish } from '#core/outbox/work-wish.ts'
import type { GitlabFile, GitlabMergeRequest, GitlabProject } from '../../gitlab/gitlab-writes.ts'
import type { GitlabWork, RowOf, WorkStep } from './gitlab-work.ts'

/** The branch a commit makes in a repository that is empty. */
const firstBranch = 'main'

/**
 * What is to be done next about another content for a file. What the file, the branch and its merge request are now tells. Nothing of it
 * can be there twice: GitLab refuses a commit to a file that has moved on, a branch and an open merge request that exist.
 */
export async function nextOfFile(work: GitlabWork, row: RowOf<FileWish>): Promise<WorkStep> {
  const { wish } = row
  const project = await work.writes.project(wish.projectId)
  const { defaultBranch } = project
  const file = defaultBranch === null ? null : await work.writes.file(project.id, wish.path, defaultBranch)
  if (file?.content === wish.content) return isThere(row, project, file)
  return wish.by === 'commit' ? nextOfCommit(work, row, project, file) : nextOfRequest(work, row, project, file)
}

function isThere(row: RowOf<FileWish>, project: GitlabProject, file: GitlabFile): WorkStep {
  const words = row.sendingAt === null ? `${row.wish.path} had this content already.` : null
  return { kind: 'verified', url: row.url ?? fileUrl(project, row.wish.path), file, words }
}

function nextOfCommit(
  work: GitlabWork,
  row: RowOf<FileWish>,
  project: GitlabProject,
  file: GitlabFile | null,
): WorkStep {
  const { wish, before } = row
  const verdict = judgeFileWish(wish, before.file, file)
  const conflict = { kind: 'conflict', sides: fileSides(wish, before.file, file), before: { file } } as const
  if (row.state === 'sent') return conflict
  if (verdict.kind !== 'send') return conflict
  return {
    kind: 'send',
    stamp: work.clock.now(),
    looksAgain: true,
    refusedWords: ({ detail }) =>
      /not allowed to push|protected branch/i.test(detail ?? '')
        ? `${project.path} does not let you push to its default branch. Make it as a merge request.`
        : null,
    async call() {
      const { path, content, title: message } = wish
      const branch = project.defaultBranch ?? firstBranch
      await work.writes.commit(project.id, { branch, message, path, content, ...verdict.order })
      return { done: true, before: { ...before, shown: true }, url: fileUrl(project, path) }
    },
  }
}

async function nextOfRequest(
  work: GitlabWork,
  row: RowOf<FileWish>,
  project: GitlabProject,
  file: GitlabFile | null,
): Promise<WorkStep> {
  const { wish, before } = row
  const { defaultBranch } = project
  if (defaultBranch === null) {
    const words = `The repository of ${project.path} is empty, so there is no branch for a merge request. Make it as a commit.`
    return { kind: 'failed', words }
  }
  const branch = branchName(wish.projectId, wish.path, wish.content)
  const isOpen = ({ state, targetBranch }: GitlabMergeRequest) => state === 'opened' && targetBranch === defaultBranch
  const requests = await work.writes.mergeRequests(project.id, branch)
  const request = requests.find(isOpen)
  const exists = (await work.writes.branch(project.id, branch)) !== null
  const there = exists ? await work.writes.file(project.id, wish.path, branch) : file
  if (exists && there?.content === wish.content) {
    if (request) {
      const words = row.sendingAt === null ? 'There was such a merge request already.' : null
      return { kind: 'verified', url: request.url, words }
    }
    // One that was merged or closed has come to its end, whatever the file says by now.
    const ended = row.state === 'sent' ? requests[0] : undefined
    if (ended) return { kind: 'verified', url: ended.url, words: `The merge request is ${ended.state} by now.` }
    return requested(work, row, project, branch)
  }
  if (row.state === 'sent') return { kind: 'unseen' }
  const verdict = judgeFileWish(wish, before.file, there)
  if (verdict.kind === 'send') {
    return committed(work, row, { project, branch, start: exists ? null : defaultBranch }, verdict.order)
  }
  return { kind: 'conflict', sides: fileSides(wish, before.file, there), before: { file: there } }
}

function committed(
  work: GitlabWork,
  row: RowOf<FileWish>,
  to: { readonly project: GitlabProject; readonly branch: string; readonly start: string | null },
  order: { readonly lastCommitId: string | null },
): WorkStep {
  const { path, content, title: message } = row.wish
  const start = to.start === null ? {} : { startBranch: to.start }
  return {
    kind: 'send',
    stamp: work.clock.now(),
    looksAgain: true,
    async call() {
      await work.writes.commit(to.project.id, { branch: to.branch, ...start, message, path, content, ...order })
      return { done: false, before: { ...row.before, shown: true } }
    },
  }
}

function requested(work: GitlabWork, row: RowOf<FileWish>, project: GitlabProject, branch: string): WorkStep {
  const { title, description, assigneeIds } = row.wish
  return {
    kind: 'send',
    stamp: work.clock.now(),
    continues: row.before.shown === true,
    looksAgain: true,
    async call() {
      const targetBranch = project.defaultBranch ?? firstBranch
      const request = { sourceBranch: branch, targetBranch, title, description, assigneeIds }
      const { url } = await work.writes.createMergeRequest(project.id, request)
      return { done: true, before: { ...row.before, shown: true }, url }
    },
  }
}

function fileUrl({ url, defaultBranch }: GitlabProject, path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return `${url}/-/blob/${encodeURIComponent(defaultBranch ?? firstBranch)}/${encoded}`
}
