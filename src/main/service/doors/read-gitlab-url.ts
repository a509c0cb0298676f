import { parseGitlabUrl } from '../gitlab/gitlab-url.ts'
import { Problem } from '../problem.ts'

/** Reads the address of a GitLab from an option's text. Throws a `Problem` of kind `usage` that names the option and the fix. */
export function readGitlabUrl(name: string, text: string): string {
  const address = parseGitlabUrl(text)
  if (!address.ok) throw new Problem('usage', `--${name} cannot be used. ${address.problem}`)
  return address.url
}
