import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'

/** A whole number as GitLab takes it, from a body or a query. */
export const whole = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
])

/** Yes or no as GitLab takes it. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

const split = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Names in a list, or in one text with commas between them. */
export const names = z
  .union([z.array(z.string()), z.string()])
  .transform((given) => (typeof given === 'string' ? split(given) : given.flatMap(split)))

/** Ids in a list, in one text with commas, or a single one; 0 stands for nobody. */
export const ids = z
  .union([z.array(whole), whole, z.string().transform((text) => split(text).map(Number))])
  .transform((given) => (Array.isArray(given) ? given : [given]).filter((id) => id !== 0))

/** A day like `2026-12-01`; empty takes it away. */
export const day = z.union([z.iso.date(), z.literal('').transform(() => null), z.null()])

type Sent = Readonly<Record<string, unknown>>

function bodyOf({ body, headers }: VendorRequest): Sent | undefined {
  if (body === '') return {}
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body))
  }
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Sent) : undefined
  } catch {
    return undefined
  }
}

type Read<Params> = { readonly params: Params; readonly refusal: null } | { readonly refusal: VendorReply }

/**
 * Reads what a request was sent with, in its query and its body. What is missing or wrong is refused in GitLab's words; what it does not know
 * is ignored, as it does.
 */
export function readParams<Schema extends z.ZodObject>(request: VendorRequest, schema: Schema): Read<z.infer<Schema>> {
  const body = bodyOf(request)
  if (!body) return { refusal: json({ error: 'message body does not match declared format' }, 400) }
  const sent: Sent = { ...Object.fromEntries(request.query), ...body }
  const read = schema.safeParse(sent)
  if (read.success) return { params: read.data, refusal: null }
  const faults = read.error.issues.map(({ path, code }) => {
    const name = path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('')
    if (path.length === 1 && sent[name] === undefined) return `${name} is missing`
    return code === 'invalid_value' ? `${name} does not have a valid value` : `${name} is invalid`
  })
  return { refusal: json({ error: [...new Set(faults)].join(', ') }, 400) }
}
