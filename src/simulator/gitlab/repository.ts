import { createHash } from 'node:crypto'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { GitRepository } from '../world/repositories.ts'
import { pageReply } from './listing.ts'
import { commitJson } from './rendering.ts'
import type { ProjectQuestion, ProjectRoute } from './route-deps.ts'
import { levels, mayPush } from './route-deps.ts'
import { createCommit, deleteBranch } from './write-commits.ts'

/** Addresses of files, branches, commits and templates, below a project. */
export const repositoryRoutes: readonly ProjectRoute[] = [
  ['GET', /^\/repository\/files\/([^/]+)$/, file],
  ['GET', /^\/repository\/branches$/, branchList],
  ['GET', /^\/repository\/branches\/([^/]+)$/, branch],
  ['DELETE', /^\/repository\/branches\/([^/]+)$/, (asked, name) => deleteBranch(asked, name ?? '')],
  ['POST', /^\/repository\/commits$/, createCommit],
  ['GET', /^\/templates\/issues$/, templateList],
  ['GET', /^\/templates\/issues\/([^/]+)$/, template],
]

const repositoryOf = ({ world, project }: ProjectQuestion): GitRepository => world.repositories.of(project)

function file(asked: ProjectQuestion, path = ''): VendorReply {
  const ref = asked.request.query.get('ref')
  if (ref === null) return json({ error: 'ref is missing' }, 400)
  const commit = asked.world.repositories.find(repositoryOf(asked), ref)
  if (!commit) return json({ message: '404 Commit Not Found' }, 404)
  const found = commit.files.get(path)
  if (!found) return json({ message: '404 File Not Found' }, 404)
  const { content, lastCommitId } = found
  return json({
    file_name: path.split('/').at(-1),
    file_path: path,
    size: content.length,
    encoding: 'base64',
    content_sha256: createHash('sha256').update(content).digest('hex'),
    ref,
    blob_id: createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
    commit_id: commit.id,
    last_commit_id: lastCommitId,
    execute_filemode: false,
    content: content.toString('base64'),
  })
}

function branchList(asked: ProjectQuestion): VendorReply {
  const search = asked.request.query.get('search') ?? ''
  const names = [...repositoryOf(asked).branches.keys()].filter((name) => name.includes(search)).sort()
  return pageReply(
    asked.request,
    names.map((name, id) => ({ id, name })),
    ({ name }) => branchJson(asked, name),
  )
}

function branch(asked: ProjectQuestion, name = ''): VendorReply {
  return repositoryOf(asked).branches.has(name)
    ? json(branchJson(asked, name))
    : json({ message: '404 Branch Not Found' }, 404)
}

function branchJson(asked: ProjectQuestion, name: string): Record<string, unknown> {
  const { project, request, world } = asked
  const repository = repositoryOf(asked)
  const commit = world.repositories.find(repository, name)
  const isDefault = name === repository.defaultBranch
  return {
    name,
    commit: commit ? commitJson(commit, `${request.origin}/${project.path}`) : null,
    merged: false,
    protected: isDefault,
    developers_can_push: isDefault && repository.pushLevel <= levels.developer,
    developers_can_merge: isDefault && repository.pushLevel <= levels.developer,
    can_push: mayPush(asked, name),
    default: isDefault,
    web_url: `${request.origin}/${project.path}/-/tree/${name}`,
  }
}

const templatePath = /^\.gitlab\/issue_templates\/([^/]+)\.md$/

/** The templates in the default branch, by name. */
function templatesOf(asked: ProjectQuestion): ReadonlyMap<string, string> {
  const commit = asked.world.repositories.find(repositoryOf(asked), 'HEAD')
  const files = [...(commit?.files ?? [])].flatMap(([path, { content }]) => {
    const name = templatePath.exec(path)?.[1]
    return name === undefined ? [] : [[name, content.toString('utf8')] as const]
  })
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function templateList(asked: ProjectQuestion): VendorReply {
  const names = [...templatesOf(asked).keys()].map((name, id) => ({ id, name }))
  return pageReply(asked.request, names, ({ name }) => ({ key: name, name }))
}

function template(asked: ProjectQuestion, key = ''): VendorReply {
  const content = templatesOf(asked).get(key)
  return content === undefined ? json({ message: '404 Template Not Found' }, 404) : json({ name: key, content })
}
