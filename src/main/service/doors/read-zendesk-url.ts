import { Problem } from '../problem.ts'
import { parseZendeskUrl } from '../zendesk/zendesk-url.ts'

/**
 * Reads the address of a Zendesk from an option's text: its origin, and what may go wrong with it in words, or null. Throws a
 * `Problem` of kind `usage` that names the option and the fix.
 */
export function readZendeskUrl(
  name: string,
  text: string,
): { readonly origin: string; readonly warning: string | null } {
  const address = parseZendeskUrl(text)
  if (!address.ok) throw new Problem('usage', `--${name} cannot be used. ${address.problem}`)
  return address
}
