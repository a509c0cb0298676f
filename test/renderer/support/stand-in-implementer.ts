import { implement, ORPCError } from '@orpc/server'
import { contract } from '#contract/contract.ts'

/** One call of a procedure, as `area.procedure` with its input. `calledOff`: the window stopped waiting for the answer. */
export interface StandInCall {
  readonly path: string
  readonly input: unknown
  calledOff: boolean
}

/** How procedures answer that a test wants to misbehave. */
export interface Misbehaviour {
  /** Procedures that answer with a fault, like `tickets.queue`. */
  failing: Set<string>
  /** Procedures that refuse, with their words. */
  refusing: Map<string, string>
  /** Procedures that do not answer until they are let go, by `letGo`. */
  holding: Set<string>
}

/** The contract, with every call written down and misbehaving as wanted. */
export function createImplementer(wanted: Misbehaviour, calls: StandInCall[], held: Set<() => void>) {
  return implement(contract).use(async ({ path, next, signal }, input) => {
    const name = path.join('.')
    const call: StandInCall = { path: name, input, calledOff: false }
    calls.push(call)
    signal?.addEventListener('abort', () => (call.calledOff = true))
    if (wanted.holding.has(name)) await new Promise<void>((resolve) => held.add(resolve))
    if (wanted.failing.has(name)) throw new Error('a fault of the stand-in')
    const words = wanted.refusing.get(name)
    if (words !== undefined) throw new ORPCError('REFUSED', { status: 409, message: words, data: { reason: words } })
    return next()
  })
}

/** Implements the procedures of the contract one by one. */
export type StandInImplementer = ReturnType<typeof createImplementer>
