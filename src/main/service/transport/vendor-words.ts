const longest = 300
const shortestSecret = 6
/** Deeper than this no vendor files its words. */
const deepest = 6
const secretHeader = /authorization|token|cookie|secret|key/i

/**
 * The vendor's own words in the JSON of a refusal, as one line of at most 300 characters, or null when there are none. Reads both of
 * Zendesk's forms (`error` as text with `description` and `details`, or as an object with `title` and `message`) and all of GitLab's
 * (`message` as text, list or lists by field; `error` with `error_description`).
 *
 * @param headers of the request: a credential that the host repeats is left out.
 */
export function vendorWords(body: unknown, headers: Readonly<Record<string, string>>): string | null {
  const line = sentences(body)
    .map((text) => text.replaceAll(/[\s\u0000-\u001f\u007f]+/g, ' ').trim())
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join(': ')
  if (line === '') return null
  const safe = withoutCredentials(line, headers)
  return safe.length > longest ? `${safe.slice(0, longest - 1).trimEnd()}…` : safe
}

function sentences(body: unknown): readonly string[] {
  if (!isRecord(body)) return []
  const { error, message, details, errors } = body
  const description = textOf(body['description']) ?? textOf(body['error_description'])
  if (isRecord(error)) return present([textOf(error['title']), textOf(error['message'])])
  const named = list([...leaves(message), ...leaves(details), ...leaves(errors)])
  // The name of the error is for programs; it stands in only where nothing else is said.
  const said = present([description, named])
  return said.length > 0 ? said : present([textOf(error)])
}

/** Every text in `details` or `message`, with the field it is about where Zendesk's own text does not name it. */
function leaves(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value]
  if (depth === deepest) return []
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, depth + 1))
  if (!isRecord(value)) return []
  const own = textOf(value['description']) ?? textOf(value['detail']) ?? textOf(value['title'])
  if (own !== null) return [own]
  return Object.entries(value).flatMap(([field, inner]) => {
    const said = leaves(inner, depth + 1)
    const isPlain = Array.isArray(inner) && inner.every((item) => typeof item === 'string')
    return isPlain && field !== 'base' ? said.map((text) => `${field} ${text}`) : said
  })
}

// SECURITY: a host that repeats what it was sent must not make our sign-in readable in the window.
function withoutCredentials(text: string, headers: Readonly<Record<string, string>>): string {
  let safe = text
  for (const [name, value] of Object.entries(headers)) {
    if (!secretHeader.test(name)) continue
    for (const part of value.split(/[\s;]+/)) {
      const secret = part.replace(/^[\w-]+=(?=.)/, '')
      for (const form of [part, secret]) if (form.length >= shortestSecret) safe = safe.replaceAll(form, '[hidden]')
    }
  }
  return safe
}

function list(texts: readonly string[]): string | null {
  return textOf([...new Set(texts)].join('; '))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function present(texts: readonly (string | null)[]): readonly string[] {
  return texts.filter((text) => text !== null)
}
