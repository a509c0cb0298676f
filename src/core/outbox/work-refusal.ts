import { planMark } from '../coverage/write-plan-text.ts'
import { handoffMark } from '../handoff/handoff-text.ts'
import { tickTask } from '../issues/tick-task.ts'
import { findSharedText } from '../sharing/embedded-text.ts'
import { restrictedWords } from './failure-words.ts'
import type { PreviewedIssue, WorkFacts } from './work-facts.ts'
import { issueName } from './work-words.ts'
import { sameLabel, type WorkWish } from './work-wish.ts'

/** The roles of GitLab that matter here, by its own numbers. */
const roles = { guest: 10, planner: 15, developer: 30 } as const

/** Why a change in GitLab cannot be made, in words, or null. What is not known forbids nothing: GitLab is asked then. */
export function workRefusal(wish: WorkWish, facts: WorkFacts): string | null {
  return (
    restrictedRefusal(facts) ??
    signInRefusal(facts) ??
    placeRefusal(wish, facts) ??
    (facts.issue && issueRefusal(wish, facts.issue)) ??
    contentRefusal(wish) ??
    sharedRefusal(wish, facts) ??
    roleRefusal(wish, facts)
  )
}

// SECURITY: of a restricted account nothing is written to another place, whatever else would allow it.
function restrictedRefusal({ restricted }: WorkFacts): string | null {
  return restricted === null ? null : restrictedWords(restricted, 'GitLab')
}

function signInRefusal({ connected, me, mayWrite }: WorkFacts): string | null {
  if (!connected) return 'No GitLab is connected, so nothing can be changed there. Connect one in Settings.'
  if (me === null) return 'Who you are in GitLab is not known yet. Try again once GitLab can be reached.'
  return mayWrite === false
    ? 'This sign-in may read GitLab and not write to it. Sign in again in Settings with the right “api”.'
    : null
}

function placeRefusal(wish: WorkWish, { project, issue, file }: WorkFacts): string | null {
  if ('iid' in wish && issue === null) {
    return `Issue #${wish.iid} is not stored here. Sync first, or make the change in GitLab.`
  }
  if (!('iid' in wish) && project === null) {
    return 'This project is not known here. Choose it from the projects of an account first.'
  }
  return file !== null && 'problem' in file ? `${fileName(wish)} could not be read: ${file.problem}` : null
}

function fileName(wish: WorkWish): string {
  return wish.kind === 'file-change' ? wish.path : 'The file'
}

function issueRefusal(wish: WorkWish, issue: PreviewedIssue): string | null {
  const name = issueName(issue)
  if (issue.fate === 'moved') return `${name} was moved to another project. Make the change there.`
  if (issue.fate === 'out-of-sight') {
    return `${name} is not to be seen in GitLab any more: it was deleted, or taken out of your sight.`
  }
  if (issue.fate === 'unlabelled' && wish.kind !== 'issue-labels') {
    return `${name} carries its account’s label no more, so it is not followed here. Put the label back, or make the change in GitLab.`
  }
  if (wish.kind === 'issue-task' && tickTask(issue.description, wish).kind === 'missing') {
    return `The task “${wish.text}” is not in the description of ${name} any more. Look at the issue again.`
  }
  return null
}

function contentRefusal(wish: WorkWish): string | null {
  const comma = labelsIn(wish).find((label) => label.includes(','))
  if (comma !== undefined) return `GitLab takes no comma in a label. Leave it out of “${comma}”.`
  switch (wish.kind) {
    case 'issue-labels': {
      if (wish.add.length === 0 && wish.remove.length === 0)
        return 'No label is named that should be added or taken off.'
      const both = wish.add.find((label) => wish.remove.some((one) => sameLabel(one, label)))
      return both === undefined ? null : `The label “${both}” cannot be added and taken off at once.`
    }
    case 'file-change':
      return /(^|\/)\.{0,2}(\/|$)/.test(wish.path)
        ? `“${wish.path}” is no path of a file. Write one like folder/file.md.`
        : null
    case 'create-issue':
    case 'issue-comment':
    case 'issue-state':
    case 'issue-task':
    case 'issue-text':
    case 'create-label':
    case 'subscribe-label':
    case 'create-board':
      return null
  }
}

/** A plan or a handoff is for colleagues: it is not written where a customer reads, by whatever way it got into the text. */
function sharedRefusal(wish: WorkWish, { project }: WorkFacts): string | null {
  if (project?.customerSees.visible === false) return null
  const name = textsIn(wish).map(sharedIn).find(Boolean)
  if (name === undefined) return null
  const who = project?.customerSees.words ?? 'Who may see this project is not known here.'
  return `${who} A ${name} is for colleagues, so it is not written there.`
}

const colleaguesOnly = [
  { mark: planMark, name: 'coverage plan' },
  { mark: handoffMark, name: 'handoff' },
]

function sharedIn(text: string): string | undefined {
  return colleaguesOnly.find(({ mark }) => text.includes(mark.kind) && findSharedText(text, mark).kind !== 'none')?.name
}

function textsIn(wish: WorkWish): readonly string[] {
  switch (wish.kind) {
    case 'create-issue':
    case 'issue-text':
      return [wish.description]
    case 'issue-comment':
      return [wish.body]
    case 'file-change':
      return [wish.content, wish.description]
    case 'issue-labels':
    case 'issue-state':
    case 'issue-task':
    case 'create-label':
    case 'subscribe-label':
    case 'create-board':
      return []
  }
}

function labelsIn(wish: WorkWish): readonly string[] {
  switch (wish.kind) {
    case 'create-issue':
      return wish.labels
    case 'issue-labels':
      return wish.add
    case 'create-label':
    case 'subscribe-label':
      return [wish.name]
    case 'create-board':
      return [wish.label]
    case 'issue-comment':
    case 'issue-state':
    case 'issue-task':
    case 'issue-text':
    case 'file-change':
      return []
  }
}

function roleRefusal(wish: WorkWish, { project }: WorkFacts): string | null {
  if (project === null || project.accessLevel === null) return null
  const needed = neededRole(wish)
  if (project.accessLevel >= needed.level) return null
  return `Your role in ${project.path} is too low for this: it takes ${needed.word} or higher. Ask an owner of the project.`
}

function neededRole(wish: WorkWish): { readonly level: number; readonly word: string } {
  switch (wish.kind) {
    case 'create-issue':
    case 'subscribe-label':
      return { level: roles.guest, word: 'Guest' }
    case 'issue-comment':
      return wish.internal ? { level: roles.planner, word: 'Planner' } : { level: roles.guest, word: 'Guest' }
    // An author may change their own issue with any role; whose it is is not known here.
    case 'issue-state':
    case 'issue-task':
    case 'issue-text':
      return { level: roles.guest, word: 'Guest' }
    case 'issue-labels':
    case 'create-label':
    case 'create-board':
      return { level: roles.planner, word: 'Planner' }
    case 'file-change':
      return { level: roles.developer, word: 'Developer' }
  }
}
