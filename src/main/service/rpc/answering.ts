import { Problem } from '../problem.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'

interface Answers {
  readonly REFUSED: (options: { message: string; data: { reason: string } }) => Error
  readonly NOT_FOUND?: (options: { message: string; data: { what: string; id: string } }) => Error
}

/**
 * Turns what was foreseen (a refusal, a source that does not answer, a workspace that cannot be opened) into the contract's
 * errors, words and all.
 */
export async function answering<Result>(errors: Answers, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.missing && errors.NOT_FOUND) {
      throw errors.NOT_FOUND({ message: error.message, data: { ...error.missing } })
    }
    if (error instanceof Refusal || error instanceof RemoteFailure || error instanceof Problem) {
      throw errors.REFUSED({ message: error.message, data: { reason: error.kind } })
    }
    throw error
  }
}
