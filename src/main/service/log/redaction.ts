/** What stands in the log where a secret would have been. */
export const hidden = '[hidden]'

const secretKey = /authorization|token|secret|cookie|passw|api[-_]?key|private[-_]?key/i

/** Forms a credential takes in text, whoever wrote it: headers, our subprotocol, our address, GitLab's prefixes. */
const secretForms: readonly RegExp[] = [
  /(?<=\b(?:bearer|basic)[ .])[A-Za-z0-9._~+/=-]{8,}/gi,
  /(?<=[#?&](?:access_|refresh_)?token=)[^&\s"'<>\\]+/gi,
  /\bgl[a-z]{2,8}-[A-Za-z0-9_.-]{16,}/g,
]

const shortestHidden = 4
const deepest = 8

/** Takes secrets out of what is logged: by the name of the field, by its form, and every value it was told of. */
export interface Redaction {
  /** From now on this value appears nowhere in the log, in whatever field or sentence. */
  hide(secret: string): void
  /** A copy of the fields with everything under a secret's name replaced, and errors as plain values. */
  fields(value: object): Record<string, unknown>
  /** The finished line without any known secret in it. */
  line(text: string): string
}

export function createRedaction(): Redaction {
  const secrets = new Set<string>()
  return {
    hide(secret) {
      // Shorter values would tear holes into ordinary words.
      if (secret.length < shortestHidden) return
      for (const form of writtenForms(secret)) secrets.add(form)
    },
    fields: (value) => plainFields(value, 0, new Set()),
    line(text) {
      let clean = text
      for (const secret of secrets) clean = clean.replaceAll(secret, hidden)
      for (const form of secretForms) clean = clean.replace(form, hidden)
      return clean
    },
  }
}

/** A secret as it stands in text, in JSON, in JSON within JSON, in an address, and in base64 on its own. */
function writtenForms(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1)
  const inJsonTwice = JSON.stringify(inJson).slice(1, -1)
  const bytes = Buffer.from(secret)
  return [
    secret,
    inJson,
    inJsonTwice,
    encodeURIComponent(secret),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ]
}

function plainFields(value: object, depth: number, above: Set<object>): Record<string, unknown> {
  const source = value instanceof Error ? errorFields(value) : value
  return Object.fromEntries(
    Object.entries(source).map(([key, field]) => [
      key,
      secretKey.test(key) ? hidden : plainValue(field, depth, above, value),
    ]),
  )
}

function plainValue(value: unknown, depth: number, above: Set<object>, parent: object): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date || value instanceof URL) return String(value)
  const path = new Set(above).add(parent)
  if (path.has(value) || depth >= deepest) return '[…]'
  if (Array.isArray(value)) return value.map((item) => plainValue(item, depth + 1, path, value))
  if (value instanceof Map) return plainFields(Object.fromEntries(value), depth + 1, path)
  if (value instanceof Headers) return plainFields(Object.fromEntries(value), depth + 1, path)
  return plainFields(value, depth + 1, path)
}

function errorFields(error: Error): object {
  const { name, message, stack, cause } = error
  // What makes an error is not enumerable; what was added to it is.
  return {
    ...Object.fromEntries(Object.entries(error)),
    name,
    message,
    stack,
    ...(cause === undefined ? {} : { cause }),
  }
}
