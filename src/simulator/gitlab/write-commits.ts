import { z } from 'zod'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { myUser } from '../world/gitlab-people.ts'
import type { GitCommit } from '../world/repositories.ts'
import { readParams } from './params.ts'
import { commitJson } from './rendering.ts'
import type { ProjectQuestion } from './route-deps.ts'
import { levels, mayPush, refusedBelow } from './route-deps.ts'

const commitSchema = z.object({
  branch: z.string().min(1),
  commit_message: z.string().min(1),
  start_branch: z.string().min(1).optional(),
  actions: z.array(
    z.object({
      action: z.enum(['create', 'update', 'delete']),
      file_path: z.string().min(1),
      content: z.string().nullish(),
      encoding: z.enum(['text', 'base64']).default('text'),
      last_commit_id: z.string().nullish(),
    }),
  ),
})

type Sent = z.infer<typeof commitSchema>

/** Commits changes to files, on a branch that is there or one that starts with them. */
export function createCommit(asked: ProjectQuestion): VendorReply {
  const read = readParams(asked.request, commitSchema)
  if (read.refusal) return read.refusal
  const sent = read.params
  if (!mayPush(asked, sent.branch)) {
    return json({ message: '403 Forbidden - You are not allowed to push into this branch' }, 403)
  }
  const { repositories } = asked.world
  const repository = repositories.of(asked.project)
  const startBranch = sent.start_branch ?? sent.branch
  const before = repositories.find(repository, `refs/heads/${startBranch}`)
  const fault = faultInBranches(asked, sent) ?? faultInActions(sent, before?.files ?? new Map())
  if (fault !== null) return json({ message: fault }, 400)
  const changes = new Map(
    sent.actions.map(({ action, file_path: path, content, encoding }) => [
      path,
      action === 'delete' ? null : Buffer.from(content ?? '', encoding === 'base64' ? 'base64' : 'utf8'),
    ]),
  )
  const { branch, commit_message: message } = sent
  const made = repositories.commit(repository, { branch, startBranch, message, author: myUser(), changes })
  const additions = sent.actions.reduce((sum, { content }) => sum + (content ?? '').split('\n').length, 0)
  const stats = { additions, deletions: 0, total: additions }
  const url = `${asked.request.origin}/${asked.project.path}`
  return json({ ...commitJson(made, url), stats, status: null, project_id: asked.project.id, last_pipeline: null }, 201)
}

function faultInBranches({ world, project }: ProjectQuestion, sent: Sent): string | null {
  const { branches } = world.repositories.of(project)
  const { branch, start_branch: start = branch } = sent
  if (branches.size > 0 && !branches.has(start)) return 'You can only create or edit files when you are on a branch'
  if (start !== branch && branches.has(branch)) {
    return `A branch called '${branch}' already exists. Switch to that branch in order to make changes`
  }
  if (start === branch || isBranchName(branch)) return null
  return `Something went wrong when we tried to create '${branch}' for you: Branch name is invalid`
}

// What git refuses as a name, as far as somebody is likely to try it.
const isBranchName = (name: string): boolean =>
  !/[\s~^:?*[\\]|\.\.|\/\/|^[-/.]|[/.]$|\.lock$|@\{/.test(name) && !/^[0-9a-f]{40}$/.test(name)

function faultInActions({ actions }: Sent, files: GitCommit['files']): string | null {
  for (const { action, file_path: path, last_commit_id: lastId } of actions) {
    if (path.split('/').includes('..')) return 'Path cannot include directory traversal'
    const file = files.get(path)
    // The repository is asked about it before a single action is carried out.
    if (action !== 'create' && lastId != null && file?.lastCommitId !== lastId) {
      return `The file has changed since you started editing it: ${path}`
    }
  }
  const here = new Set(files.keys())
  for (const { action, file_path: path } of actions) {
    if (action === 'create' && here.has(path)) return 'A file with this name already exists'
    if (action !== 'create' && !here.has(path)) return "A file with this name doesn't exist"
    if (action === 'delete') here.delete(path)
    else here.add(path)
  }
  return null
}

/** Deletes a branch that is neither the default one nor protected. */
export function deleteBranch(asked: ProjectQuestion, name: string): VendorReply {
  const refusal = refusedBelow(asked, levels.developer)
  if (refusal) return refusal
  const { branches, defaultBranch } = asked.world.repositories.of(asked.project)
  if (!branches.has(name)) return json({ message: '404 Branch Not Found' }, 404)
  if (name === defaultBranch) return json({ message: 'The default branch of a project cannot be deleted.' }, 400)
  branches.delete(name)
  return { status: 204 }
}
