import { addMarker, hasMarker } from '#core/outbox/marker.ts'
import type { WorkWish } from '#core/outbox/work-wish.ts'
import { stillOpen, type GitlabWork, type RowOf, type WorkStep } from './gitlab-work.ts'

type CommentWish = Extract<WorkWish, { kind: 'issue-comment' }>

/** What is to be done next about a comment: once it may have arrived, it is looked for by its mark before it is sent again. */
export async function nextOfComment(work: GitlabWork, row: RowOf<CommentWish>): Promise<WorkStep> {
  const { projectId, iid, body, internal } = row.wish
  if (row.sendingAt !== null) {
    const notes = await work.writes.notes(projectId, iid)
    const note = notes.find(({ text }) => hasMarker(text, row.marker))
    if (note) {
      const words =
        internal && !note.internal ? 'GitLab wrote it for everybody to see: it knows no internal notes here.' : null
      return { kind: 'verified', url: noteUrl(row, note.id), notes, words }
    }
    if (row.state === 'sent') return { kind: 'unseen' }
    const open = stillOpen(work, row)
    if (open) return open
  }
  return {
    kind: 'send',
    stamp: work.clock.now(),
    async call() {
      // SECURITY: `internal` is always said: what is left out is for everybody.
      const { id } = await work.writes.addNote(projectId, iid, { body: addMarker(body, row.marker), internal })
      return { done: true, before: { noteId: id }, url: noteUrl(row, id) }
    },
  }
}

function noteUrl(row: RowOf<CommentWish>, noteId: number): string {
  return `${(row.url ?? '').replace(/#note_\d+$/, '')}#note_${noteId}`
}
