import { fillIn } from '../policy/fill-in.ts'
import type { ProactivePolicy } from '../policy/policy.ts'

/** A file of a repository as it is to be. */
export interface FileText {
  readonly path: string
  readonly content: string
}

/** The issue template for calls of an account (rule 18): how to name the issue, its label, agenda and notes. */
export function callTemplate(
  { callTemplate: { path, lines } }: ProactivePolicy,
  { account, label }: { readonly account: string; readonly label: string },
): FileText {
  return { path, content: lines.map((line) => fillIn(line, { account, label })).join('\n') }
}

/** Whether a template puts a label on the issues that are made from it. */
export function templateSetsLabel(content: string, label: string): boolean {
  const actions = content.split('\n').filter((line) => /^\s*\/label\b/i.test(line))
  return actions.some((line) => line.includes(`~"${label}"`) || line.trim().split(/\s+/).includes(`~${label}`))
}
