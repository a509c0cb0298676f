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
  ['GET', /^\/repository\/tree$/, tree],
  ['GET', /^\/search$/, search],
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

/** What lies in a folder; with `recursive` also what lies below it. */
function tree(asked: ProjectQuestion): VendorReply {
  const { query } = asked.request
  const commit = asked.world.repositories.find(repositoryOf(asked), query.get('ref') ?? 'HEAD')
  const folder = query.get('path') ?? ''
  const paths = [...(commit?.files.keys() ?? [])].filter((path) => folder === '' || path.startsWith(`${folder}/`))
  if (paths.length === 0) return json({ message: '404 Tree Not Found' }, 404)
  const depth = folder === '' ? 1 : folder.split('/').length + 1
  const parts = (path: string) => path.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'))
  const below = [...new Set(paths.flatMap(parts))].filter((path) => path.split('/').length >= depth)
  const shown = query.get('recursive') === 'true' ? below : below.filter((path) => path.split('/').length === depth)
  const rows = shown.sort().map((path, id) => ({ id, path }))
  return pageReply(asked.request, rows, ({ path }) => {
    const isFile = commit?.files.has(path) ?? false
    return {
      id: createHash('sha1').update(path).digest('hex'),
      name: path.split('/').at(-1),
      type: isFile ? 'blob' : 'tree',
      path,
      mode: isFile ? '100644' : '040000',
    }
  })
}

/** Lines of files in the default branch in which a text stands. */
function search(asked: ProjectQuestion): VendorReply {
  const { query } = asked.request
  const wanted = query.get('search') ?? ''
  if (query.get('scope') !== 'blobs' || wanted === '') return json({ error: 'scope does not have a valid value' }, 400)
  const { defaultBranch } = repositoryOf(asked)
  const files = [...(asked.world.repositories.find(repositoryOf(asked), 'HEAD')?.files ?? [])]
  const found = files.flatMap(([path, { content }], id) => {
    const lines = content.toString('utf8').split('\n')
    const line = lines.findIndex((text) => text.toLowerCase().includes(wanted.toLowerCase()))
    return line < 0 ? [] : [{ id, path, line, data: lines.slice(Math.max(0, line - 1), line + 3).join('\n') }]
  })
  return pageReply(asked.request, found, ({ path, line, data }) => ({
    ...{ basename: path.replace(/\.[^./]+$/, ''), data, path, filename: path, id: null },
    ...{ ref: defaultBranch, startline: Math.max(1, line), project_id: asked.project.id },
  }))
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
