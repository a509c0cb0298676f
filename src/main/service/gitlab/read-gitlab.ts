import type { z } from 'zod'
import { RemoteFailure } from '../transport/remote-failure.ts'

/**
 * Reads an answer of GitLab by its shape.
 *
 * @param what the answer in words, as in "GitLab sent … of an unknown shape".
 * @throws {RemoteFailure} `malformed`, without what was in the answer.
 */
export function readGitlab<Shape extends z.ZodType>(what: string, shape: Shape, body: unknown): z.output<Shape> {
  const read = shape.safeParse(body)
  if (read.success) return read.data
  // SECURITY: the place in the answer and nothing of its content: it may hold a token, or speak of a customer.
  const place = read.error.issues[0]?.path.join('.') ?? ''
  throw new RemoteFailure('malformed', `GitLab sent ${what} of an unknown shape (${place || 'as a whole'}).`)
}
