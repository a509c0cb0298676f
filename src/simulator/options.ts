import { z } from 'zod'

const instant = z.number().int().positive()

/** What a simulator can be told before it starts. */
export const simulatorOptionsSchema = z
  .object({
    /** Everything random follows from it. */
    seed: z.number().int().min(0).default(1),
    /** The instant the world is built around, its "today", in ms since the epoch. Default: now. */
    anchor: instant.optional(),
    /** Where the simulated clock starts, in ms since the epoch. Default: now, or the anchor if that is later. */
    now: instant.optional(),
    /** Simulated seconds per real second; 0 is a clock that moves only when stepped. */
    speed: z.number().min(0).max(1_000_000).default(1),
    /** How many tickets there are when the world opens. Default: the sample workspace with its history. */
    scale: z.number().int().min(1).max(1_000_000).optional(),
    /** Requests a minute that each vendor answers before it says 429. */
    requestsPerMinute: z.number().int().min(1).default(100_000),
    /** Keeps the bodies of replies in the record, not only their size. */
    recordBodies: z.boolean().default(false),
  })
  .strict()

/** Options as a caller writes them; what is left out gets its default. */
export type SimulatorOptions = z.input<typeof simulatorOptionsSchema>

/** Options with every default filled in. */
export interface ResolvedOptions {
  readonly seed: number
  readonly anchor: number
  readonly now: number
  readonly speed: number
  readonly scale: number | undefined
  readonly requestsPerMinute: number
  readonly recordBodies: boolean
}

/** Fills in defaults. Throws an Error that names the field when an option cannot be used. */
export function resolveOptions(options: SimulatorOptions): ResolvedOptions {
  const parsed = simulatorOptionsSchema.safeParse(options)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Error(`Simulator option ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be used'}`)
  }
  const { anchor: wanted, now: start, scale, ...rest } = parsed.data
  const anchor = wanted ?? start ?? Date.now()
  const now = start ?? Math.max(anchor, Date.now())
  if (now < anchor) throw new Error('Simulator option now: must not be before the anchor')
  return { ...rest, anchor, now, scale }
}
