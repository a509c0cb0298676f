import { sameLabel, type WorkWish } from '#core/outbox/work-wish.ts'
import type { GitlabBoard, GitlabLabel } from '../../gitlab/gitlab-writes.ts'
import { findLabel } from './find-label.ts'
import { stillOpen, type GitlabWork, type RowOf, type WorkStep } from './gitlab-work.ts'
import { missingLabelWords } from './next-label.ts'

type BoardWish = Extract<WorkWish, { kind: 'create-board' }>

const listWords =
  'This GitLab has no boards for a single label, by its licence. The board has a list of the label instead, beside the open and closed issues.'

/**
 * What is to be done next about a board of one label: it is made, then scoped to the label, or where the licence does not have that
 * it gets a list of it. One that was made halfway before is gone on with.
 */
export async function nextOfBoard(work: GitlabWork, row: RowOf<BoardWish>): Promise<WorkStep> {
  const { wish, before } = row
  const label = await findLabel(work, wish.projectId, wish.label)
  if (!label) return { kind: 'failed', words: missingLabelWords(wish.label) }
  const boards = await work.writes.boards(wish.projectId)
  const ready = boards.find((board) => isOf(board, wish.label))
  if (ready) {
    const isListed = before.tried?.includes('scope') === true && !ready.labels.some((one) => sameLabel(one, wish.label))
    const words =
      row.sendingAt === null ? `There was such a board already: “${ready.name}”.` : isListed ? listWords : null
    return { kind: 'verified', url: ready.url, words }
  }
  const made = madeHalfway(row, boards)
  if (made) return row.state === 'sent' ? { kind: 'unseen' } : continued(work, row, made, label)
  if (before.boardId !== undefined) {
    return { kind: 'failed', words: 'The board was made, and somebody took it away again.' }
  }
  const open = stillOpen(work, row)
  if (open) return open
  return {
    kind: 'send',
    stamp: work.clock.now(),
    async call() {
      const board = await work.writes.createBoard(wish.projectId, wish.name)
      return { done: false, before: { boardId: board.id }, url: board.url }
    },
  }
}

function isOf({ labels, lists }: GitlabBoard, label: string): boolean {
  const [scoped] = labels
  if (scoped !== undefined) return labels.length === 1 && sameLabel(scoped, label)
  const listed = lists.flatMap((list) => list.label ?? [])
  return listed.length === 1 && sameLabel(listed[0] ?? '', label)
}

/** The board this order has made. By its name only where the answer was lost, and only while nobody gave it anything to show. */
function madeHalfway(
  { wish, before, sendingAt }: RowOf<BoardWish>,
  boards: readonly GitlabBoard[],
): GitlabBoard | undefined {
  if (before.boardId !== undefined) return boards.find(({ id }) => id === before.boardId)
  if (sendingAt === null) return undefined
  return boards.find(
    ({ name, labels, lists }) =>
      name === wish.name && labels.length === 0 && lists.every((list) => list.label === null),
  )
}

function continued(work: GitlabWork, row: RowOf<BoardWish>, board: GitlabBoard, label: GitlabLabel): WorkStep {
  const { wish, before } = row
  const steps = before.tried ?? []
  const tried = (step: string) => ({ ...before, boardId: board.id, tried: [...steps, step] })
  const shared = { kind: 'send', stamp: work.clock.now(), continues: true } as const
  if (!steps.includes('scope')) {
    return {
      ...shared,
      withoutIt: tried('scope'),
      async call() {
        const { labels } = await work.writes.scopeBoard(wish.projectId, board.id, [label.name])
        const isScoped = labels.some((one) => sameLabel(one, wish.label))
        return { done: isScoped, before: isScoped ? { ...before, boardId: board.id } : tried('scope'), url: board.url }
      },
    }
  }
  return {
    ...shared,
    // The list may be there, and the answer lost.
    looksAgain: true,
    async call() {
      await work.writes.addBoardList(wish.projectId, board.id, label.id)
      return { done: true, before: { ...before, boardId: board.id }, url: board.url }
    },
  }
}
