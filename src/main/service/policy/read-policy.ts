import { policySchema } from '#contract/policy.ts'
import type { Policy } from '#core/policy/policy.ts'
import { Problem } from '../problem.ts'
import { JsonFault, locateJson } from './locate-json.ts'

/** A policy file cannot be used: the sentence names the file, the line and what is wrong there. */
export class PolicyRefused extends Problem {
  constructor(file: string, line: number | null, reason: string) {
    const place = line === null ? file : `${file}, line ${line}`
    super(
      'failed',
      `The handbook rules cannot be used. ${place}: ${reason}. Mend the file, or install Understudy again.`,
    )
    this.name = 'PolicyRefused'
  }
}

/**
 * Reads a policy from the text of its file, which is named after the policy's version.
 *
 * @throws {PolicyRefused} at the first thing that is wrong.
 */
export function readPolicy(text: string, file: string): Policy {
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  const { value, offsetOf } = located(text, (fault) => new PolicyRefused(file, lineAt(fault.offset), fault.message))
  const refused = (path: readonly PropertyKey[], reason: string) =>
    new PolicyRefused(file, lineAt(offsetOf(path)), [path.join('.'), reason].filter(Boolean).join(': '))

  const checked = policySchema.safeParse(value)
  if (!checked.success) {
    const [first] = checked.error.issues
      .map((issue) => {
        // A key that does not belong there is named itself, not only what it lies in; it tells more than the key it stands for.
        const [stray] = issue.code === 'unrecognized_keys' ? issue.keys : []
        const path = stray === undefined ? issue.path : [...issue.path, stray]
        return { path, reason: issue.message, place: stray === undefined ? offsetOf(path) : -1 }
      })
      .toSorted((a, b) => a.place - b.place)
    throw refused(first?.path ?? [], first?.reason ?? 'is no policy')
  }
  const { version } = checked.data
  if (file !== `${version}.json`)
    throw refused(['version'], `is ${version}, so the file is to be named ${version}.json`)
  return checked.data
}

function located(text: string, refused: (fault: JsonFault) => PolicyRefused): ReturnType<typeof locateJson> {
  try {
    return locateJson(text)
  } catch (error) {
    throw error instanceof JsonFault ? refused(error) : error
  }
}
