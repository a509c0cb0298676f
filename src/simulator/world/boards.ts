import { projectsOf } from './gitlab-places.ts'
import type { GitlabProject } from './issue.ts'
import type { GitlabLabel, GitlabLabels } from './labels.ts'
import { organizationByKey } from './organizations.ts'

/** A list of a board: the issues with one label. */
export interface BoardList {
  readonly id: number
  readonly labelId: number
}

/** An issue board of a project. */
export interface Board {
  readonly id: number
  readonly projectId: number
  name: string
  /** Labels that the board is narrowed to, by id. */
  labelIds: readonly number[]
  hidesBacklog: boolean
  hidesClosed: boolean
  lists: readonly BoardList[]
}

/** The boards of a world. Cascadia Freight has one that shows only the label of its account. */
export function createBoards(labels: GitlabLabels, projects: ReadonlyMap<number, GitlabProject>) {
  let boards: readonly Board[] = []
  let listsMade = 0

  const add = (projectId: number, name: string): Board => {
    const id = 7_300_000 + boards.length * 11
    const board: Board = { id, projectId, name, labelIds: [], hidesBacklog: false, hidesClosed: false, lists: [] }
    boards = [...boards, board]
    return board
  }
  const addList = (board: Board, label: GitlabLabel): BoardList => {
    const list = { id: 21_900_000 + 3 * listsMade++, labelId: label.id }
    board.lists = [...board.lists, list]
    return list
  }

  const cascadia = organizationByKey('cascadia')
  const project = projects.get(projectsOf(cascadia)[0]?.id ?? 0)
  const label = project && labels.find(project, cascadia.label ?? '')
  if (project && label) {
    const board = add(project.id, cascadia.label ?? '')
    board.labelIds = [label.id]
  }

  return {
    all: (): readonly Board[] => boards,
    of: ({ id }: GitlabProject): readonly Board[] => boards.filter(({ projectId }) => projectId === id),
    add,
    addList,
    removeList(board: Board, listId: number): void {
      board.lists = board.lists.filter(({ id }) => id !== listId)
    },
    /** A label that is gone is on no board any more. */
    forgetLabel(gone: GitlabLabel): void {
      for (const board of boards) {
        board.labelIds = board.labelIds.filter((id) => id !== gone.id)
        board.lists = board.lists.filter(({ labelId }) => labelId !== gone.id)
      }
    },
  }
}

export type Boards = ReturnType<typeof createBoards>
