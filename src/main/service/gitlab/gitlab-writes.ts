import {
  Branches,
  Commits,
  Groups,
  IssueNotes,
  Issues,
  MergeRequests,
  ProjectIssueBoards,
  ProjectLabels,
  ProjectMembers,
  Projects,
  RepositoryFiles,
} from '@gitbeaker/rest'
import { z } from 'zod'
import type { Issue, IssueNote } from '#core/issues/issue.ts'
import type { FieldChange } from '#core/outbox/work-judge.ts'
import type { WorkWish } from '#core/outbox/work-wish.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { followingMoves } from './following-moves.ts'
import type { GitlabApiOptions, GitlabPlace } from './gitlab-api.ts'
import { allowedQuery, createGitlabClient, type ResourceOptions } from './gitlab-client.ts'
import { readGitlab } from './read-gitlab.ts'
import { toNotes, wireIssue, wireNote } from './wire-issues.ts'
import {
  wireBoard,
  wireLabel,
  wirePerson,
  wireProject,
  type GitlabBoard,
  type GitlabLabel,
  type GitlabPerson,
  type GitlabProject,
} from './wire-projects.ts'
import {
  wireBranch,
  wireCommit,
  wireFile,
  wireMergeRequest,
  type GitlabBranch,
  type GitlabFile,
  type GitlabMergeRequest,
} from './wire-repository.ts'

export type { GitlabBoard, GitlabLabel, GitlabPerson, GitlabProject } from './wire-projects.ts'
export type { GitlabBranch, GitlabFile, GitlabMergeRequest } from './wire-repository.ts'

/** A new issue, as a person wishes it. */
export type NewIssue = Omit<Extract<WorkWish, { kind: 'create-issue' }>, 'kind' | 'projectId'>

/** One commit that puts a file in place; with `startBranch` it makes the branch at the same time. */
export interface NewCommit {
  readonly branch: string
  readonly startBranch?: string
  readonly message: string
  readonly path: string
  readonly content: string
  /** Of the file as it was seen; null for a new file. */
  readonly lastCommitId: string | null
}

export interface NewMergeRequest {
  readonly sourceBranch: string
  readonly targetBranch: string
  readonly title: string
  readonly description: string
  readonly assigneeIds: readonly number[]
}

/**
 * What Understudy writes to GitLab, and what it reads for that. Every call throws `RemoteFailure` when it fails; one that writes is
 * sent once, and says with `mayHaveArrived` whether it may have been carried out. What is not there is null where it says so.
 */
export interface GitlabWrites {
  /** A project by its id or path; where it was moved, it is found where it is now. */
  project(idOrPath: number | string): Promise<GitlabProject>
  /** Every project in a place: of a group those of the groups below it too, archived ones left out. */
  projectsIn(place: Pick<GitlabPlace, 'kind' | 'id'>): Promise<readonly GitlabProject[]>
  /** Members of a project and of the groups above it, by user name or name: whom an issue can be assigned to. Twenty at most. */
  findPeople(projectId: number, query: string): Promise<readonly GitlabPerson[]>

  issue(projectId: number, iid: number): Promise<Issue>
  /** Issues that whoever is signed in opened there since an instant, with their descriptions; for finding what an order made. */
  myIssuesSince(projectId: number, since: number): Promise<readonly Issue[]>
  createIssue(projectId: number, issue: NewIssue): Promise<Issue>
  changeIssue(projectId: number, iid: number, change: FieldChange): Promise<Issue>
  /** Every note that a person wrote on an issue, oldest first. */
  notes(projectId: number, iid: number): Promise<readonly IssueNote[]>
  addNote(
    projectId: number,
    iid: number,
    note: { readonly body: string; readonly internal: boolean },
  ): Promise<{ readonly id: number }>

  /** Labels of a project and of the groups above it whose names contain a text, whatever the casing. */
  labels(projectId: number, containing: string): Promise<readonly GitlabLabel[]>
  createLabel(
    projectId: number,
    label: { readonly name: string; readonly color: string; readonly description: string },
  ): Promise<GitlabLabel>
  /** Subscribing twice is no failure: GitLab answers 304. */
  subscribeLabel(projectId: number, labelId: number): Promise<void>

  boards(projectId: number): Promise<readonly GitlabBoard[]>
  createBoard(projectId: number, name: string): Promise<GitlabBoard>
  /** Scopes a board to labels. Without the licence GitLab leaves it as it is, or refuses: look at what is answered. */
  scopeBoard(projectId: number, boardId: number, labels: readonly string[]): Promise<GitlabBoard>
  addBoardList(projectId: number, boardId: number, labelId: number): Promise<void>

  file(projectId: number, path: string, ref: string): Promise<GitlabFile | null>
  branch(projectId: number, name: string): Promise<GitlabBranch | null>
  commit(projectId: number, commit: NewCommit): Promise<{ readonly id: string; readonly url: string | null }>
  mergeRequests(projectId: number, sourceBranch: string): Promise<readonly GitlabMergeRequest[]>
  createMergeRequest(projectId: number, request: NewMergeRequest): Promise<GitlabMergeRequest>
}

const perPage = '100'
const oldestFirst = { order_by: 'created_at', sort: 'asc' }
const writtenNote = z.object({ id: z.number().int().positive() })
const listAnswer = z.object({ id: z.number().int().positive() })

/** Creates the writing side of the connector: gitbeaker's resources over our transport. A person waits for each of its calls. */
export function createGitlabWrites({ url, send }: GitlabApiOptions): GitlabWrites {
  const client = createGitlabClient(url, (request) => send({ ...request, urgency: 'person' }))

  /** Makes one call and reads its answer; where it wrote, an answer that cannot be read leaves open whether it was carried out. */
  async function one<Shape extends z.ZodType>(what: string, shape: Shape, use: Use): Promise<z.output<Shape>> {
    const { body } = await client.call(use)
    return readGitlab(what, shape, body)
  }

  /** Reads every page of a list. */
  async function all<Row extends z.ZodType>(
    what: string,
    row: Row,
    first: Query,
    use: (query: never) => Use,
  ): Promise<z.output<Row>[]> {
    const rows: z.output<Row>[] = []
    const asked = new Set<string>()
    for (let query = { per_page: perPage, ...first } as Query; ;) {
      // The library's types name each key; ours are GitLab's own, checked before they are sent.
      const { body, next } = await client.call(use(query as never))
      rows.push(...readGitlab(what, z.array(row), body))
      if (next === null) return rows
      if (asked.has(next)) throw new RemoteFailure('malformed', `GitLab sent ${what} that lead round in a circle.`)
      asked.add(next)
      query = allowedQuery(next)
    }
  }

  const projectUrl = (projectId: number) => `${url}/projects/${projectId}`

  const project = (idOrPath: number | string) =>
    followingMoves(idOrPath, (id) => one('a project', wireProject, (o) => new Projects(o).show(id)))

  return {
    project,
    async projectsIn({ kind, id }) {
      if (kind === 'project') return [await project(id)]
      const below = { include_subgroups: 'true', archived: 'false', with_shared: 'false' }
      return all(
        'projects',
        wireProject,
        { ...below, ...oldestFirst },
        (query) => (o) => new Groups(o).allProjects(id, query),
      )
    },
    async findPeople(projectId, query) {
      const asked = { includeInherited: true, per_page: '20', query }
      return one('people', z.array(wirePerson), (o) => new ProjectMembers(o).all(projectId, asked as never))
    },

    issue: (projectId, iid) => one('an issue', wireIssue, (o) => new Issues(o).show(iid, { projectId })),
    myIssuesSince(projectId, since) {
      const query = {
        scope: 'created_by_me',
        state: 'all',
        created_after: new Date(since).toISOString(),
        ...oldestFirst,
      }
      return all('issues', wireIssue, query, (asked: object) => (o) => new Issues(o).all({ projectId, ...asked }))
    },
    createIssue: (projectId, { title, description, labels, assigneeIds, confidential, dueDate }) =>
      one('an issue', wireIssue, (o) =>
        new Issues(o).create(projectId, title, {
          description,
          ...(labels.length === 0 ? {} : { labels: labels.join(',') }),
          ...(assigneeIds.length === 0 ? {} : { assigneeIds: [...assigneeIds] }),
          ...(confidential ? { confidential } : {}),
          ...(dueDate === null ? {} : { dueDate }),
        }),
      ),
    changeIssue: (projectId, iid, { title, description, addLabels = [], removeLabels = [], state }) =>
      one('an issue', wireIssue, (o) =>
        new Issues(o).edit(projectId, iid, {
          ...(title === undefined ? {} : { title }),
          ...(description === undefined ? {} : { description }),
          ...(addLabels.length === 0 ? {} : { addLabels: addLabels.join(',') }),
          ...(removeLabels.length === 0 ? {} : { removeLabels: removeLabels.join(',') }),
          ...(state === undefined ? {} : { stateEvent: state === 'closed' ? 'close' : 'reopen' }),
        }),
      ),
    async notes(projectId, iid) {
      const query = { activity_filter: 'only_comments', ...oldestFirst }
      return toNotes(
        await all('notes', wireNote, query, (asked) => (o) => new IssueNotes(o).all(projectId, iid, asked)),
      )
    },
    addNote: (projectId, iid, { body, internal }) =>
      one('a note', writtenNote, (o) => new IssueNotes(o).create(projectId, iid, body, internal ? { internal } : {})),

    async labels(projectId, containing) {
      const query = { search: containing, with_counts: 'false' }
      const found = await all('labels', wireLabel, query, (asked) => (o) => new ProjectLabels(o).all(projectId, asked))
      // GitLab looks in descriptions too.
      return found.filter(({ name }) => name.toLowerCase().includes(containing.toLowerCase()))
    },
    createLabel: (projectId, { name, color, description }) =>
      one('a label', wireLabel, (o) => new ProjectLabels(o).create(projectId, name, color, { description })),
    async subscribeLabel(projectId, labelId) {
      // The library's own way there leads to an issue.
      await client.call((o) => new ProjectLabels(o).requester.post(`${projectId}/labels/${labelId}/subscribe`, {}))
    },

    boards: (projectId) =>
      all(
        'boards',
        wireBoard(projectUrl(projectId)),
        {},
        (query) => (o) => new ProjectIssueBoards(o).all(projectId, query),
      ),
    createBoard: (projectId, name) =>
      one('a board', wireBoard(projectUrl(projectId)), (o) => new ProjectIssueBoards(o).create(projectId, name)),
    scopeBoard: (projectId, boardId, labels) =>
      one('a board', wireBoard(projectUrl(projectId)), (o) =>
        new ProjectIssueBoards(o).edit(projectId, boardId, { labels: labels.join(',') }),
      ),
    async addBoardList(projectId, boardId, labelId) {
      await one('a list', listAnswer, (o) => new ProjectIssueBoards(o).createList(projectId, boardId, { labelId }))
    },

    file: (projectId, path, ref) =>
      orNull(one('a file', wireFile, (o) => new RepositoryFiles(o).show(projectId, path, ref))),
    branch: (projectId, name) => orNull(one('a branch', wireBranch, (o) => new Branches(o).show(projectId, name))),
    commit: (projectId, { branch, startBranch, message, path, content, lastCommitId }) =>
      one('a commit', wireCommit, (o) => {
        const file = { filePath: path, content }
        const action =
          lastCommitId === null
            ? { action: 'create' as const, ...file }
            : { action: 'update' as const, ...file, lastCommitId }
        return new Commits(o).create(
          projectId,
          branch,
          message,
          [action],
          startBranch === undefined ? {} : { startBranch },
        )
      }),
    mergeRequests: (projectId, sourceBranch) =>
      all(
        'merge requests',
        wireMergeRequest,
        { source_branch: sourceBranch, state: 'all', scope: 'all' },
        (asked: object) => (o) => new MergeRequests(o).all({ projectId, ...asked }),
      ),
    createMergeRequest: (projectId, { sourceBranch, targetBranch, title, description, assigneeIds }) =>
      one('a merge request', wireMergeRequest, (o) =>
        new MergeRequests(o).create(projectId, sourceBranch, targetBranch, title, {
          description,
          ...(assigneeIds.length === 0 ? {} : { assigneeIds: [...assigneeIds] }),
        }),
      ),
  }
}

/** Makes the one call of a resource of gitbeaker. */
type Use = (options: ResourceOptions) => Promise<unknown>
type Query = Readonly<Record<string, string | string[]>>

/** Null where GitLab does not have it. That its project is not there is another matter, and stays a failure. */
async function orNull<Found>(found: Promise<Found>): Promise<Found | null> {
  try {
    return await found
  } catch (failure) {
    if (!(failure instanceof RemoteFailure) || failure.kind !== 'not-found' || isOfProject(failure)) throw failure
    return null
  }
}

function isOfProject({ detail }: RemoteFailure): boolean {
  return detail === null || /project/i.test(detail)
}
