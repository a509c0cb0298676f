import { RemoteFailure } from '../transport/remote-failure.ts'

/**
 * A refusal in words that say what to do. GitLab answers 403 for three things, a right that the sign-in lacks, a permission that a
 * fine-grained token lacks, and a feature that the licence lacks; and 404 both for what is not there and for what we may not see.
 * Anything else stays as it is.
 */
export function explainRefusal(failure: RemoteFailure): RemoteFailure {
  const words = wordsFor(failure)
  if (words === null) return failure
  return new RemoteFailure(failure.kind, words, {
    status: failure.status,
    retryAfterMs: failure.retryAfterMs,
    mayHaveArrived: failure.mayHaveArrived,
    refused: failure.refused,
    body: failure.body,
    detail: failure.detail,
    cause: failure.cause,
  })
}

function wordsFor({ kind, status, body }: RemoteFailure): string | null {
  if (kind === 'forbidden') {
    const { error, error_description: description } = isObject(body) ? body : {}
    if (error === 'insufficient_scope') {
      return 'GitLab says that this sign-in lacks the right for it (403). Sign in again under Connections in Settings: “read_api” is enough to read, a change takes “api”.'
    }
    if (isLackOfPermission(body)) return lackWords(lackedPermissions(description))
    return 'GitLab refuses this (403): its licence does not include it, or your role there does not. Ask an owner of the group.'
  }
  if (kind === 'not-found') {
    return 'GitLab does not have this, or does not let you see it (404); it says the same of both. Check the path of the group or project, and whether you are a member.'
  }
  if (status === 414) return 'GitLab finds the request too long (414).'
  return null
}

/** Whether GitLab says in the body of a refusal that a fine-grained token lacks a permission. */
export function isLackOfPermission(body: unknown): boolean {
  return isObject(body) && body['error'] === 'insufficient_granular_scope'
}

/**
 * The permissions that a fine-grained token lacks, by GitLab's own words of REST and GraphQL; null where they do not speak of that. Only
 * the names are taken: GitLab says there too in which group or project.
 */
export function lackedPermissions(said: unknown): string | null {
  if (typeof said !== 'string') return null
  return /lacks the required permissions?: \[([\w ,:]{1,200})\]/i.exec(said)?.[1] ?? null
}

/** That a fine-grained token lacks permissions, in words. They are given when it is made, and not later. */
export function lackWords(permissions: string | null): string {
  const which = permissions === null ? 'a permission for it' : `a permission for it, ${permissions}`
  return `GitLab says that this token lacks ${which} (403). Make a token in GitLab that has it, and connect with that one in Settings.`
}

function isObject(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null
}
