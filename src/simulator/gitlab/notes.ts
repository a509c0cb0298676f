import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { myUser } from '../world/gitlab-people.ts'
import type { WorkItem } from '../world/issue.ts'
import type { World } from '../world/world.ts'
import { pageReply } from './listing.ts'
import { flag, readParams } from './params.ts'
import { noteJson } from './rendering.ts'

/** The notes of an issue or epic. */
export function noteList(request: VendorRequest, item: WorkItem): VendorReply {
  const direction = request.query.get('sort') === 'asc' ? 1 : -1
  const isWanted = ({ system }: WorkItem['notes'][number]): boolean => {
    const filter = request.query.get('activity_filter') ?? 'all_notes'
    return filter === 'all_notes' || system === (filter === 'only_activity')
  }
  const notes = item.notes
    .filter((note) => isWanted(note))
    .toSorted((a, b) => (a.createdAt - b.createdAt || a.id - b.id) * direction)
  return pageReply(request, notes, (note) => noteJson(note, item, request.origin))
}

const noteSchema = z.object({ body: z.string(), internal: flag.optional(), confidential: flag.optional() })

/** Writes a note on an issue or epic. */
export function writeNote(request: VendorRequest, item: WorkItem, { gitlab }: World): VendorReply {
  const read = readParams(request, noteSchema)
  if (read.refusal) return read.refusal
  const { body, internal, confidential } = read.params
  if (body.trim() === '') return json({ message: `400 Bad request - Note {:note=>["can't be blank"]}` }, 400)
  const note = gitlab.note(item, { author: myUser(), text: body, internal: internal ?? confidential ?? false })
  return json(noteJson(note, item, request.origin), 201)
}
