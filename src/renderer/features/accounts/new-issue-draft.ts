import type { Drafts } from '../../api/drafts.ts'
import { readFormDraft } from './use-form-draft.ts'

/** What stands in the form of a new issue. */
export type NewIssueValues = {
  /** Id of the project; empty while none was chosen by hand. */
  readonly projectId: string
  readonly title: string
  readonly description: string
  /** With commas between them. */
  readonly labels: string
  readonly toMe: boolean
  readonly confidential: boolean
  /** A day like `2026-11-24`, or empty. */
  readonly dueDate: string
}

/** Letters a title may have at most. */
export const longestTitle = 255

/** Under which name the draft of a new issue of an account is kept. */
export function newIssueKey(workspace: string, accountId: number): string {
  return `issue.${workspace}.${accountId}`
}

/** What the form begins with: the account's label is on every issue of its work. */
export function emptyNewIssue(account: { readonly label: string | null }): NewIssueValues {
  return {
    projectId: '',
    title: '',
    description: '',
    labels: account.label ?? '',
    toMe: false,
    confidential: false,
    dueDate: '',
  }
}

/** Puts a text into the draft of a new issue: its first line as the title where there is none yet. What stands in the draft stays. */
export function addToNewIssueDraft(
  drafts: Drafts,
  workspace: string,
  account: { readonly id: number; readonly label: string | null },
  text: string,
): void {
  const key = newIssueKey(workspace, account.id)
  const before = readFormDraft(drafts.read(key), emptyNewIssue(account))
  const { title, description } = splitText(text)
  const missing = description === '' || before.description.includes(description)
  const values: NewIssueValues = {
    ...before,
    title: before.title || title,
    description: missing ? before.description : [before.description, description].filter(Boolean).join('\n\n'),
  }
  drafts.keep(key, JSON.stringify(values))
}

/** A short single line is a title; of anything longer the first line is, and the text says all of it. */
function splitText(text: string): { readonly title: string; readonly description: string } {
  const whole = text.trim()
  const [first = ''] = whole.split('\n')
  const line = first.trim()
  if (line.length > longestTitle) return { title: `${line.slice(0, longestTitle - 1)}…`, description: whole }
  return { title: line, description: line === whole ? '' : whole }
}
