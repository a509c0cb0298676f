import { z } from 'zod'

const kinds = [
  '401',
  '403',
  '404',
  '409',
  '422',
  '429',
  '502',
  '503',
  'html',
  'truncate',
  'hang',
  'slow',
  'empty-page',
  'no-meta',
  'error-in-list',
  'repeat-rows',
  'other-host',
  'lost-502',
  'lost-hang',
  'lost-cut',
] as const

/** An order to answer the next requests wrongly. What each kind does is in the simulator's document. */
export const misbehaviourSchema = z
  .object({
    target: z.enum(['zendesk', 'gitlab']),
    kind: z.enum(kinds),
    /** How many requests it hits. */
    count: z.number().int().min(1).max(1_000_000).default(1),
    /** How many fitting requests it lets pass first. */
    skip: z.number().int().min(0).default(0),
    /** Only requests whose path with query contains this. */
    pathContains: z.string().optional(),
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
    /** Seconds in the Retry-After header of a 429 or 503; null leaves the header out. */
    retryAfter: z.number().int().min(0).nullable().default(1),
    /** Real ms before the answer of `slow`. */
    delayMs: z.number().int().min(0).max(600_000).default(1000),
    /** Which of the vendor's two forms of error body is used, where there are two. */
    form: z.enum(['text', 'object']).default('object'),
  })
  .strict()

/** An order with every default filled in. */
export type Misbehaviour = z.infer<typeof misbehaviourSchema>

/** An order as a caller writes it; what is left out gets its default. */
export type MisbehaviourOrder = z.input<typeof misbehaviourSchema>

/** Keeps the orders; the oldest one that fits a request is carried out, and used up by one. */
export function createMisbehaviours() {
  let orders: { readonly order: Misbehaviour; skip: number; left: number }[] = []
  return {
    add(order: Misbehaviour): void {
      orders.push({ order, skip: order.skip, left: order.count })
    },
    clear(): void {
      orders = []
    },
    /** What to do wrong with this request, or undefined. */
    take(target: Misbehaviour['target'], method: string, path: string): Misbehaviour | undefined {
      const fits = (order: Misbehaviour): boolean =>
        order.target === target &&
        path.includes(order.pathContains ?? '') &&
        (order.method === undefined || order.method === method)
      const fitting = orders.filter(({ order }) => fits(order))
      const found = fitting.find(({ skip }) => skip === 0)
      for (const waiting of fitting) if (waiting.skip > 0) waiting.skip--
      if (!found) return undefined
      if (--found.left === 0) orders = orders.filter((one) => one !== found)
      return found.order
    },
  }
}

export type Misbehaviours = ReturnType<typeof createMisbehaviours>
