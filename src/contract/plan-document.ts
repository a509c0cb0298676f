import { z } from 'zod'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { instantMs, timeZone, zendeskId } from './values.ts'

const name = z.string().min(1).max(200)
/** Ids that were made up here or elsewhere; nothing in them means anything. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,79}$/, 'is no id')
const idOfZendesk = z.string().regex(/^[1-9]\d{0,15}$/, 'is no number of Zendesk')
const author = id
const instant = instantMs.min(0).max(8_000_000_000_000)

/** A value with everybody's writings that nobody overwrote; the first kind of document that is shared has it, others can. */
function versioned<Schema extends z.ZodType>(value: Schema, least = 1) {
  const sibling = z.strictObject({
    value,
    clock: z.record(author, z.number().int().min(1).max(1_000_000)),
    by: name.nullable(),
    at: instant,
  })
  return z.array(sibling).min(least).max(100)
}

function fields<Key extends z.ZodType<string, string>, Schema extends z.ZodType>(
  key: Key,
  schema: Schema,
  most: number,
) {
  return z.record(key, schema).refine((record) => Object.keys(record).length <= most, `has more than ${most} parts`)
}

const terms = z.strictObject({ accountId: zendeskId, coverId: zendeskId, startsAt: instant, endsAt: instant })

const entry = z.strictObject({
  account: versioned(zendeskId),
  cover: versioned(zendeskId),
  from: versioned(instant),
  to: versioned(instant),
  removed: versioned(z.boolean()),
  request: versioned(
    z.strictObject({
      state: z.enum(['asked', 'accepted', 'declined']),
      of: terms,
      words: z.string().min(1).max(500).nullable(),
    }),
    0,
  ),
})

/** A plan as it is handed over. What comes from elsewhere is taken in this shape and no other, so that nothing in it goes unseen. */
export const planDocumentSchema = z.strictObject({
  id,
  aseId: zendeskId,
  startsAt: versioned(instant),
  endsAt: versioned(instant),
  removed: versioned(z.boolean()),
  accounts: fields(idOfZendesk, versioned(z.boolean()), 500),
  entries: fields(id, entry, 2000),
  steps: fields(id, versioned(z.boolean()), 200),
  names: z.strictObject({
    people: fields(idOfZendesk, z.strictObject({ name, timeZone }), 2000),
    accounts: fields(idOfZendesk, name, 1000),
  }),
}) satisfies z.ZodType<PlanDocument>
