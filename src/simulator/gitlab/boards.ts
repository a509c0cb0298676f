import { z } from 'zod'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { Board, BoardList } from '../world/boards.ts'
import { pageReply } from './listing.ts'
import { flag, names, readParams, whole } from './params.ts'
import type { ProjectQuestion, ProjectRoute } from './route-deps.ts'
import { levels, refusedBelow } from './route-deps.ts'

/** Addresses of issue boards and their lists, below a project. */
export const boardRoutes: readonly ProjectRoute[] = [
  ['GET', /^\/boards$/, (asked) => pageReply(asked.request, boardsOf(asked), (board) => boardJson(asked, board))],
  ['POST', /^\/boards$/, create],
  ['GET', /^\/boards\/(\d+)$/, (asked, id) => withBoard(asked, id, (board) => json(boardJson(asked, board)))],
  ['PUT', /^\/boards\/(\d+)$/, (asked, id) => withBoard(asked, id, (board) => update(asked, board))],
  ['GET', /^\/boards\/(\d+)\/lists$/, (asked, id) => withBoard(asked, id, (board) => lists(asked, board))],
  ['POST', /^\/boards\/(\d+)\/lists$/, (asked, id) => withBoard(asked, id, (board) => createList(asked, board))],
  [
    'DELETE',
    /^\/boards\/(\d+)\/lists\/(\d+)$/,
    (asked, id, list) => withBoard(asked, id, (board) => removeList(asked, board, list)),
  ],
]

const notFound = json({ message: '404 Not found' }, 404)

const boardsOf = ({ world, project }: ProjectQuestion): readonly Board[] => world.boards.of(project)

function withBoard(asked: ProjectQuestion, id: string | undefined, then: (board: Board) => VendorReply): VendorReply {
  const board = boardsOf(asked).find((one) => String(one.id) === id)
  return board ? then(board) : notFound
}

function create(asked: ProjectQuestion): VendorReply {
  const refusal = refusedBelow(asked, levels.reporter)
  if (refusal) return refusal
  const read = readParams(asked.request, z.object({ name: z.string() }))
  if (read.refusal) return read.refusal
  const { name } = read.params
  if (name.trim() === '') return blankName
  return json(boardJson(asked, asked.world.boards.add(asked.project.id, name)), 201)
}

const blankName = json({ message: { name: ["can't be blank"] } }, 400)

const updateSchema = z.object({
  name: z.string().optional(),
  labels: names.optional(),
  hide_backlog_list: flag.optional(),
  hide_closed_list: flag.optional(),
})

/** Changes a board. What it is narrowed to is honoured with a licence that includes it, and otherwise ignored without a word. */
function update(asked: ProjectQuestion, board: Board): VendorReply {
  const refusal = refusedBelow(asked, levels.reporter)
  if (refusal) return refusal
  const read = readParams(asked.request, updateSchema)
  if (read.refusal) return read.refusal
  const { name, labels, hide_backlog_list: hidesBacklog, hide_closed_list: hidesClosed } = read.params
  if (name !== undefined && name.trim() === '') return blankName
  if (name !== undefined) board.name = name
  if (hidesBacklog !== undefined) board.hidesBacklog = hidesBacklog
  if (hidesClosed !== undefined) board.hidesClosed = hidesClosed
  if (labels !== undefined && isScopable(asked)) {
    board.labelIds = labels.map((title) => labelNamed(asked, title).id)
  }
  return json(boardJson(asked, board))
}

const isScopable = ({ switches }: ProjectQuestion): boolean => switches.read().licence === 'premium'

/** GitLab makes a label that a board is narrowed to when it is not there. */
function labelNamed({ world, project }: ProjectQuestion, title: string) {
  world.labels.ensure(project, [title])
  const label = world.labels.available(project).find(({ name }) => name === title)
  if (!label) throw new Error(`a label that was made is missing: ${title}`)
  return label
}

function lists(asked: ProjectQuestion, board: Board): VendorReply {
  return pageReply(asked.request, board.lists, (list) => listJson(asked, board, list))
}

const kinds = ['label_id', 'milestone_id', 'iteration_id', 'assignee_id'] as const

const listSchema = z.object({
  label_id: whole.optional(),
  milestone_id: whole.optional(),
  iteration_id: whole.optional(),
  assignee_id: whole.optional(),
})

function createList(asked: ProjectQuestion, board: Board): VendorReply {
  const refusal = refusedBelow(asked, levels.reporter)
  if (refusal) return refusal
  const read = readParams(asked.request, listSchema)
  if (read.refusal) return read.refusal
  const sent = kinds.filter((kind) => read.params[kind] !== undefined)
  if (sent.length === 0) {
    return json({ error: `${kinds.join(', ')} are missing, exactly one parameter must be provided` }, 400)
  }
  if (sent.length > 1) return json({ error: `${sent.join(', ')} are mutually exclusive` }, 400)
  const [kind] = sent
  if (kind !== 'label_id') {
    const what = { milestone_id: 'Milestone', iteration_id: 'Iteration', assignee_id: 'Assignee' }[
      kind ?? 'assignee_id'
    ]
    const why = isScopable(asked) ? 'not found!' : 'lists not available with your current license'
    return json({ message: { error: `${what} ${why}` } }, 400)
  }
  const label = asked.world.labels.available(asked.project).find(({ id }) => id === read.params.label_id)
  if (!label) return json({ message: { error: 'Label not found!' } }, 400)
  if (board.lists.some(({ labelId }) => labelId === label.id)) {
    return json({ message: { label_id: ['has already been taken'] } }, 400)
  }
  return json(listJson(asked, board, asked.world.boards.addList(board, label)), 201)
}

function removeList(asked: ProjectQuestion, board: Board, listId: string | undefined): VendorReply {
  const refusal = refusedBelow(asked, levels.reporter)
  if (refusal) return refusal
  const list = board.lists.find(({ id }) => String(id) === listId)
  if (!list) return notFound
  asked.world.boards.removeList(board, list.id)
  return { status: 204 }
}

function boardJson(asked: ProjectQuestion, board: Board): Record<string, unknown> {
  const { project, request } = asked
  const { id, path } = project
  const labels = board.labelIds.flatMap((labelId) => labelBasic(asked, labelId) ?? [])
  return {
    id: board.id,
    name: board.name,
    hide_backlog_list: board.hidesBacklog,
    hide_closed_list: board.hidesClosed,
    project: {
      id,
      name: path.split('/').at(-1),
      path: path.split('/').at(-1),
      path_with_namespace: path,
      web_url: `${request.origin}/${path}`,
    },
    lists: board.lists.map((list) => listJson(asked, board, list)),
    // Without the licence a board says nothing of what it could be narrowed to.
    ...(isScopable(asked) ? { group: null, milestone: null, assignee: null, labels, weight: null } : {}),
  }
}

function listJson(asked: ProjectQuestion, board: Board, list: BoardList): Record<string, unknown> {
  return {
    id: list.id,
    label: labelBasic(asked, list.labelId),
    position: board.lists.findIndex(({ id }) => id === list.id),
    max_issue_count: 0,
    max_issue_weight: 0,
    limit_metric: null,
  }
}

function labelBasic({ world }: ProjectQuestion, labelId: number): Record<string, unknown> | undefined {
  const label = world.labels.byId(labelId)
  if (!label) return undefined
  const { id, name, color, description } = label
  return { id, name, description, description_html: description ?? '', text_color: '#FFFFFF', color, archived: false }
}
