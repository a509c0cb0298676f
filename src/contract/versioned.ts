import { z } from 'zod'
import { instantMs } from './values.ts'

/** Of whom or what, as it is written beside a value. */
export const sharedName = z.string().min(1).max(200)

/** Ids that were made up here or elsewhere; nothing in them means anything. */
export const madeUpId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,79}$/, 'is no id')

/** An id of Zendesk as the key of a part. */
export const idOfZendesk = z.string().regex(/^[1-9]\d{0,15}$/, 'is no number of Zendesk')

/** An instant that a calendar has, ms. */
export const sharedInstant = instantMs.min(0).max(8_000_000_000_000)

/** A value with everybody's writings that nobody overwrote, at least so many. */
export function versioned<Schema extends z.ZodType>(value: Schema, least = 1) {
  const sibling = z.strictObject({
    value,
    clock: z.record(madeUpId, z.number().int().min(1).max(1_000_000)),
    by: sharedName.nullable(),
    at: sharedInstant,
  })
  return z.array(sibling).min(least).max(100)
}

/** Parts by their names, at most so many. */
export function fields<Key extends z.ZodType<string, string>, Schema extends z.ZodType>(
  key: Key,
  schema: Schema,
  most: number,
) {
  return z.record(key, schema).refine((record) => Object.keys(record).length <= most, `has more than ${most} parts`)
}
