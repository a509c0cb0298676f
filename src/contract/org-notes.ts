import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { writePreview } from './outbox.ts'
import { instantMs, zendeskId } from './values.ts'
import { workProject } from './work-project.ts'

/** A note in Markdown. Zendesk shows no longer ones. */
const noteText = z.string().max(60_000)
const day = z.iso.date('is no day; write one like 2026-03-02')

/** What a note says of what the handbook asks, and what has to be looked at in it. Lines count from 1. */
export const noteLint = z.object({
  answered: z.number().int(),
  of: z.number().int(),
  questions: z.array(
    z.object({
      id: z.string(),
      /** `question`: the handbook asks it. `fixed`: the handbook wants it said of every account. */
      kind: z.enum(['question', 'fixed']),
      question: z.string(),
      source: z.string(),
      /** Nothing: the note leaves it open. */
      answers: z.array(z.object({ line: z.number().int().positive(), text: z.string() })),
    }),
  ),
  warnings: z.array(
    z.object({
      kind: z.enum(['ended', 'no-end', 'other-ase', 'other-region', 'personal', 'customer-name', 'empty']),
      line: z.number().int().positive().nullable(),
      words: z.string(),
    }),
  ),
})
export type NoteLintView = z.infer<typeof noteLint>

/** Who covers the account during an absence, until its last day where the ASE is. */
const noteCover = z.object({ name: z.string().trim().min(1).max(200), until: day })

/** An account's organization note as it stands in Zendesk, and what is being written. */
export const orgNoteView = z.object({
  accountId: zendeskId,
  accountName: z.string(),
  aseName: z.string().nullable(),
  /** Its note stays in Zendesk, without a merge request, and says no customer’s name. */
  restricted: z.boolean(),
  /** Null where there is none. */
  note: z.string().nullable(),
  /** When the organization changed last in Zendesk; null where it was never read. */
  changedAt: instantMs.nullable(),
  lint: noteLint.nullable(),
  /** The edition of the handbook’s rules it was held against. */
  edition: z.string(),
  /** What was written and not sent; null where nothing was. */
  draft: z.object({ text: z.string(), savedAt: instantMs }).nullable(),
  /** Whether new tickets are the ASE’s by the rules that hold for the account. */
  autoAssigned: z.boolean(),
  /** Coverages that run or are to come, for the text of the time. */
  covers: z.array(noteCover),
  /** The note without what held for an absence, once that is over or nobody covers; null where there is nothing to take out. */
  removal: z.object({ text: z.string(), words: z.string() }).nullable(),
  now: instantMs,
})
export type OrgNoteView = z.infer<typeof orgNoteView>

/** What sending a note would change in its file. */
export const orgNoteRequest = z.object({
  preview: writePreview,
  /** The note in the file now, and as it would be. */
  before: z.string(),
  after: z.string(),
  path: z.string(),
  /** Whether the file is there already. */
  exists: z.boolean(),
  project: workProject,
})
export type OrgNoteRequest = z.infer<typeof orgNoteRequest>

const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }
const account = z.object({ accountId: zendeskId })

/** Organization notes (rule 15): what an account's note says, writing it, and asking for it by merge request. */
export const orgNotes = {
  /** As it was read from Zendesk; asked for where it never was. */
  get: oc.errors(refusable).input(account).output(orgNoteView),
  /** A note from the account's facts, in the words of the rules. Nothing is stored. */
  compose: oc
    .errors(refusable)
    .input(account.extend({ autoAssigned: z.boolean().optional(), cover: noteCover.optional() }))
    .output(z.object({ text: z.string(), missing: z.array(z.string()), lint: noteLint })),
  /** What a text says; with an account, also what of it does not fit to that. Nothing is stored. */
  lint: oc
    .errors(refusable)
    .input(account.partial().extend({ text: noteText }))
    .output(noteLint),
  /** Keeps what is being written; an empty text is forgotten. */
  saveDraft: oc
    .errors(refusable)
    .input(account.extend({ text: noteText }))
    .output(z.object({ savedAt: instantMs.nullable() })),
  /**
   * What asking for a note by merge request would write: its file in the Organizations project is found and read. Nothing is sent;
   * `outbox.send` with the previewed intent does that. `removal`: it only takes out what held for an absence.
   */
  previewMergeRequest: oc
    .errors(refusable)
    .input(account.extend({ text: noteText, removal: z.boolean().default(false) }))
    .output(orgNoteRequest),
  /** The Organizations project by its path or address. */
  findProject: oc
    .errors(refusable)
    .input(z.object({ path: z.string().trim().min(1).max(500) }))
    .output(workProject),
  /** Members of the Organizations project, for choosing whom merge requests are assigned to. */
  findPeople: oc
    .errors(refusable)
    .input(z.object({ name: z.string().trim().min(2).max(100) }))
    .output(z.object({ people: z.array(z.object({ id: z.number().int(), username: z.string(), name: z.string() })) })),
}
