import { oc } from '@orpc/contract'
import { z } from 'zod'
import { deskTexts, environmentFields, type DeskDocument } from '#core/desk/desk-document.ts'
import { onboardingStepIds } from '#core/desk/onboarding-policy.ts'
import { errors } from './errors.ts'
import { instantMs, timeZone, zendeskId } from './values.ts'

const id = z.string().min(1).max(64)
const line = z.string().trim().max(300)
const text = z.string().max(20_000)
const place = z.number().int().min(0).max(1000).optional()
const day = z.iso.date('is no day; write one like 2026-12-01')

/** Somebody who matters to an account. */
export const deskContact = z.strictObject({
  id,
  side: z.enum(['customer', 'internal']),
  name: line.min(1, 'is empty'),
  role: line,
  reach: z.string().trim().max(1000),
  howToWork: z.string().trim().max(4000),
  important: z.boolean(),
})

/** A page that helps with an account. SECURITY: https only, because it is opened with one press. */
export const deskResource = z.strictObject({
  id,
  title: line.min(1, 'is empty'),
  url: z.url({ protocol: /^https$/, error: 'is no address that begins with https://' }).max(2000),
  about: z.string().trim().max(1000),
})

/** Something that an import brought and that has no place of its own. */
export const deskExtra = z.strictObject({ id, name: line.min(1, 'is empty'), text })

/** Everything that was written down of an account. */
export const deskDocumentSchema = z.object({
  contacts: z.array(deskContact).max(500),
  environment: z.partialRecord(z.enum(environmentFields), text),
  environmentNote: text,
  resources: z.array(deskResource).max(500),
  slackChannel: line,
  cadence: z.string().max(2000),
  extras: z.array(deskExtra).max(1000),
  onboarding: z.object({ startsOn: day.nullable(), ticked: z.record(z.string().max(64), instantMs) }),
}) satisfies z.ZodType<DeskDocument>

/** One change to one field or row; a new row has an id that is not there yet. */
export const deskChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('put-contact'), contact: deskContact, at: place }),
  z.object({ kind: z.literal('remove-contact'), id }),
  z.object({ kind: z.literal('put-resource'), resource: deskResource, at: place }),
  z.object({ kind: z.literal('remove-resource'), id }),
  z.object({ kind: z.literal('put-extra'), extra: deskExtra, at: place }),
  z.object({ kind: z.literal('remove-extra'), id }),
  z.object({ kind: z.literal('environment'), field: z.enum(environmentFields), text }),
  z.object({ kind: z.literal('text'), field: z.enum(deskTexts), text }),
  /** First day of the contract, where it is another one than the day the ASE took the account. */
  z.object({ kind: z.literal('starts-on'), day: day.nullable() }),
  /** A step of taking over the account that cannot be seen to be done. */
  z.object({ kind: z.literal('tick'), stepId: z.enum(onboardingStepIds), at: instantMs.nullable() }),
  z.object({ kind: z.literal('replace'), document: deskDocumentSchema }),
  z.object({ kind: z.literal('restricted'), restricted: z.boolean() }),
])
export type DeskEdit = z.infer<typeof deskChange>

/** Somebody who looks after the account. */
const deskPerson = z.object({
  /** `covering`: at present. `covering-next`: the next one who will. */
  role: z.enum(['ase', 'covering', 'covering-next']),
  id: zendeskId,
  name: z.string(),
  me: z.boolean(),
  region: z.string(),
  timeZone,
  /** Like `Mon-Fri 09:00-17:00` by their own clock; empty where not known. */
  hours: z.string(),
  /** The same by my clock, at the present distance of the two zones. */
  hoursHere: z.string(),
  slackHandle: z.string().nullable(),
  nextAvailableAt: instantMs.nullable(),
  /** Of a cover: from when until when. */
  startsAt: instantMs.nullable(),
  endsAt: instantMs.nullable(),
})
export type DeskPerson = z.infer<typeof deskPerson>

const onboardingStep = z.object({
  id: z.enum(onboardingStepIds),
  words: z.string(),
  source: z.string(),
  dueOn: z.string().nullable(),
  done: z.boolean(),
  tickedAt: instantMs.nullable(),
  /** Seen to be done, so that nobody has to tick it. */
  byItself: z.boolean(),
  seen: z.string().nullable(),
  late: z.boolean(),
})
export type DeskOnboardingStep = z.infer<typeof onboardingStep>

/** How far taking over the account is, and the texts for it. */
const onboarding = z.object({
  startsOn: z.string().nullable(),
  /** `ase`: the day the ASE took the account. `set`: a person said so. */
  startsOnFrom: z.enum(['ase', 'set']).nullable(),
  steps: z.array(onboardingStep),
  /** Which edition of the handbook says so. */
  edition: z.string(),
  agenda: z.object({ minutes: z.number().int(), text: z.string(), source: z.string() }),
  autoAssign: z.discriminatedUnion('by', [
    z.object({
      by: z.literal('form'),
      url: z.url(),
      choices: z.array(z.object({ question: z.string(), answer: z.string() })),
      remark: z.string(),
      source: z.string(),
    }),
    z.object({
      by: z.literal('issue'),
      /** Path of the Organizations project; null while none is named. */
      project: z.string().nullable(),
      title: z.string(),
      text: z.string(),
      remark: z.string(),
      source: z.string(),
    }),
  ]),
})
export type DeskOnboarding = z.infer<typeof onboarding>

/** One account with all that its next engineer needs beside its tickets. */
export const deskPage = z.object({
  account: z.object({
    id: zendeskId,
    name: z.string(),
    aseSince: instantMs.nullable(),
    label: z.string().nullable(),
    gitlabGroup: z.string().nullable(),
    relation: z.enum(['covering', 'own', 'other']),
    openTickets: z.number().int(),
    openIssues: z.number().int(),
  }),
  /** Nothing is written to GitLab for it, and nothing of it is copied out of Understudy. */
  restricted: z.boolean(),
  people: z.array(deskPerson),
  document: deskDocumentSchema,
  /** The organization's note as Zendesk has it; null where there is none. */
  orgNote: z.string().nullable(),
  /** Every coverage of it, the latest first. */
  coverages: z.array(
    z.object({
      id: z.string(),
      coverName: z.string(),
      mine: z.boolean(),
      phase: z.enum(['upcoming', 'running', 'past']),
      startsAt: instantMs,
      endsAt: instantMs,
    }),
  ),
  onboarding,
  now: instantMs,
})
export type DeskPage = z.infer<typeof deskPage>

/** The shapes in which what is known of an account is taken in and given out. */
export const deskShapes = ['inventory', 'support-team', 'organization-fields'] as const
export type DeskShape = (typeof deskShapes)[number]

/** What taking something in changes, or would change. */
export const deskImport = z.object({
  shape: z.enum(deskShapes),
  /** A sentence for each field that becomes another one. */
  changes: z.array(z.string()),
  /** What was not understood, with where it stands. Of an inventory it is kept on the page under its own name. */
  leftOver: z.array(
    z.object({
      name: z.string(),
      text: z.string(),
      words: z.string(),
      line: z.number().int().nullable(),
      column: z.number().int().nullable(),
    }),
  ),
  stored: z.boolean(),
  /** Takes it back; null while nothing was stored. */
  undo: deskChange.nullable(),
})
export type DeskImport = z.infer<typeof deskImport>

const of = { accountId: zendeskId }
const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }

export const desks = {
  /** The page of an account, from what is stored here. */
  get: oc.errors(refusable).input(z.object(of)).output(deskPage),
  /** Makes one change; `undo` is the change that takes it back, null when there was nothing to change. */
  change: oc
    .errors(refusable)
    .input(z.object({ ...of, change: deskChange }))
    .output(z.object({ page: deskPage, undo: deskChange.nullable() })),
  /**
   * Takes in a text (an inventory or entries of the Support Team, as YAML), or the fields of the organization as they were last read.
   * Without `apply` it only says what would change. Nothing is stored of a text that cannot be read; the refusal names line and column.
   */
  import: oc
    .errors(refusable)
    .input(
      z.object({
        ...of,
        from: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('text'), text: z.string().max(1_000_000) }),
          z.object({ kind: z.literal('organization-fields') }),
        ]),
        apply: z.boolean(),
      }),
    )
    .output(deskImport),
  /** The account in one of the shapes, as YAML. Refused for a restricted account. */
  export: oc
    .errors(refusable)
    .input(z.object({ ...of, as: z.enum(deskShapes) }))
    .output(z.object({ fileName: z.string(), text: z.string() })),
}
