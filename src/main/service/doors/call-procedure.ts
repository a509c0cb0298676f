import { call, getRouter, isProcedure, ORPCError } from '@orpc/server'
import { contract } from '#contract/contract.ts'
import { Problem } from '../problem.ts'
import type { ServiceRouter } from '../rpc/router.ts'

/** Every procedure of the contract as `area.procedure`, in alphabetical order. */
export const procedureNames: readonly string[] = Object.entries(contract)
  .flatMap(([area, procedures]) => Object.keys(procedures).map((name) => `${area}.${name}`))
  .toSorted()

/**
 * Calls a procedure by its name with an unchecked input. Streams are answered as async iterators.
 *
 * Throws a `Problem`: of kind `usage` when there is no such procedure or the input is wrong, naming the field; of kind
 * `failed` when the procedure answered with an error it declares.
 */
export async function callProcedure(
  router: ServiceRouter,
  name: string,
  input: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const procedure = procedureNames.includes(name) ? getRouter(router, name.split('.')) : undefined
  if (!isProcedure(procedure)) throw noSuchProcedure(name)
  try {
    return await call(procedure, input, { path: name.split('.'), ...(signal ? { signal } : {}) })
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error
    if (error.code === 'BAD_REQUEST') throw new Problem('usage', inputSentence(name, error.data), { cause: error })
    throw new Problem('failed', `${name}: ${error.message}`, { cause: error })
  }
}

/** What is said of a name that no procedure has. */
export function noSuchProcedure(name: string): Problem {
  return new Problem('usage', `There is no procedure ${JSON.stringify(name)}. There are: ${procedureNames.join(', ')}.`)
}

interface InputIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[]
}

function inputSentence(name: string, data: unknown): string {
  const issues = (data as { readonly issues?: readonly InputIssue[] } | undefined)?.issues ?? []
  const words = issues.map(({ path = [], message }) => {
    const field = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
    return `${field || 'the input'}: ${message}`
  })
  return `${name} was called with a wrong input. ${words.join('; ')}.`
}
