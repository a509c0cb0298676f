import { Repositories, Search } from '@gitbeaker/rest'
import { z } from 'zod'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { GitlabApiOptions } from './gitlab-api.ts'
import { allowedQuery, createGitlabClient } from './gitlab-client.ts'
import { readGitlab } from './read-gitlab.ts'

/** Finding files in repositories of GitLab. Every call throws `RemoteFailure` when it fails. */
export interface GitlabFiles {
  /** Paths of files in the default branch in which a text stands; a hundred at most. */
  containing(projectId: number, text: string): Promise<readonly string[]>
  /** Paths of the files in a folder and below it. None where there is no such folder. */
  inFolder(projectId: number, folder: string, ref: string): Promise<readonly string[]>
}

const perPage = '100'
/** More pages than this nobody waits for. */
const mostPages = 50
const wireMatch = z.object({ path: z.string() })
const wireEntry = z.object({ path: z.string(), type: z.string() })

/** Creates the finder: gitbeaker's resources over our transport. A person waits for each of its calls. */
export function createGitlabFiles({ url, send }: GitlabApiOptions): GitlabFiles {
  const client = createGitlabClient(url, (request) => send({ ...request, urgency: 'person' }))
  return {
    async containing(projectId, text) {
      const asked = { projectId, per_page: perPage }
      const { body } = await client.call((o) => new Search(o).all('blobs', text, asked))
      return [...new Set(readGitlab('files', z.array(wireMatch), body).map(({ path }) => path))]
    },
    async inFolder(projectId, folder, ref) {
      const first = { path: folder, ref, recursive: 'true', per_page: perPage }
      const paths: string[] = []
      let query: Readonly<Record<string, unknown>> | null = first
      for (let page = 0; query !== null && page < mostPages; page += 1) {
        const asked: never = query as never
        const answer = await client
          .call((o) => new Repositories(o).allRepositoryTrees(projectId, asked))
          .catch((failure: unknown) => noFolder(failure))
        if (answer === null) return paths
        const { body, next } = answer
        const files = readGitlab('files', z.array(wireEntry), body).filter(({ type }) => type === 'blob')
        paths.push(...files.map(({ path }) => path))
        query = next === null ? null : allowedQuery(next)
      }
      return paths
    },
  }
}

/** Null where GitLab does not have the folder. That its project is not there is another matter, and stays a failure. */
function noFolder(failure: unknown): null {
  if (failure instanceof RemoteFailure && failure.kind === 'not-found' && /tree/i.test(failure.detail ?? ''))
    return null
  throw failure
}
