import { z } from 'zod'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { timeZone, zendeskId } from './values.ts'
import { fields, idOfZendesk, madeUpId, sharedInstant, sharedName, versioned } from './versioned.ts'

const terms = z.strictObject({
  accountId: zendeskId,
  coverId: zendeskId,
  startsAt: sharedInstant,
  endsAt: sharedInstant,
})

const entry = z.strictObject({
  account: versioned(zendeskId),
  cover: versioned(zendeskId),
  from: versioned(sharedInstant),
  to: versioned(sharedInstant),
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
  id: madeUpId,
  aseId: zendeskId,
  startsAt: versioned(sharedInstant),
  endsAt: versioned(sharedInstant),
  removed: versioned(z.boolean()),
  accounts: fields(idOfZendesk, versioned(z.boolean()), 500),
  entries: fields(madeUpId, entry, 2000),
  steps: fields(madeUpId, versioned(z.boolean()), 200),
  names: z.strictObject({
    people: fields(idOfZendesk, z.strictObject({ name: sharedName, timeZone }), 2000),
    accounts: fields(idOfZendesk, sharedName, 1000),
  }),
}) satisfies z.ZodType<PlanDocument>
