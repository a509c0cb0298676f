import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { PolicyChoice } from '#contract/settings.ts'
import { settingsSchema } from '#contract/settings.ts'
import { policyDifferences } from '#core/policy/policy-differences.ts'
import type { Policy } from '#core/policy/policy.ts'
import { PolicyRefused, readPolicy } from './read-policy.ts'

/** The policies there are to choose from. */
export type Policies = ReturnType<typeof openPolicies>

const standardVersion = settingsSchema.parse({}).policyVersion

/**
 * Reads the policies of a folder: every `VERSION.json` in it is one, so that the next edition of the handbook is one file more.
 *
 * @param folder the policies that ship with Understudy, unless a test brings others.
 * @throws {PolicyRefused} at the first file that cannot be used, and without the one that is in force where none was chosen.
 */
export function openPolicies(folder = shippedFolder()) {
  const all: readonly Policy[] = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => readPolicy(readFileSync(join(folder, file), 'utf8'), file))
  const versions = all.map(({ version }) => version)
  const standard = all.find(({ version }) => version === standardVersion)
  if (!standard) throw new PolicyRefused(`${standardVersion}.json`, null, `is missing in ${folder}`)
  const has = (version: string) => versions.includes(version)
  /** Which versions there are, for a sentence about one that there is not: `choose 2025-04 or 2026-08`. */
  const advice = `choose ${versions.join(' or ')}`

  return {
    /** Oldest first. */
    all,
    has,
    advice,
    /** The policy of a version that is there. */
    of(version: string): Policy {
      const policy = all.find((candidate) => candidate.version === version)
      if (!policy) throw new Error(`There is no policy ${version}`)
      return policy
    },
    choices: (): PolicyChoice[] =>
      all.map((policy) => ({
        version: policy.version,
        title: policy.title,
        standard: policy === standard,
        differences: policyDifferences(policy, standard),
        podRegion: policy.pods?.region ?? null,
      })),
    /** The settings, with a policy that is there: another one in the file is reported, and the standard one is used. */
    settingsSchema: settingsSchema.extend({
      policyVersion: z
        .string()
        .refine(has, `no such rules come with this Understudy; ${advice}`)
        .default(standardVersion),
    }),
  }
}

/** `resources/policies` of this Understudy, whether it runs from its sources or was built: the place of its `package.json` has it. */
function shippedFolder(): string {
  let root = import.meta.dirname
  while (!existsSync(join(root, 'package.json')) && dirname(root) !== root) root = dirname(root)
  return join(root, 'resources', 'policies')
}
