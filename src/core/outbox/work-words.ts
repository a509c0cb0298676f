import type { WorkFacts } from './work-facts.ts'
import type { FileWish, WorkWish } from './work-wish.ts'

/** Where a text is cut in a sentence; the order itself carries all of it. */
const longestQuote = 4000

/** How an issue is called in sentences. */
export function issueName({ iid, title }: { readonly iid: number; readonly title: string }): string {
  return `#${iid} “${title}”`
}

/** Exactly what is asked of GitLab. */
export function requestWords(wish: WorkWish, facts: WorkFacts): string {
  const { issue } = facts
  const where = facts.project?.path ?? `project ${wish.projectId}`
  const name = 'iid' in wish ? (issue ? issueName(issue) : `#${wish.iid} of ${where}`) : ''
  const only = 'Nothing else changes.'
  switch (wish.kind) {
    case 'create-issue':
      return newIssueWords(wish, where, facts)
    case 'issue-comment':
      return `Adds ${wish.internal ? 'an internal note' : 'a comment'} to ${name}, in your name: ${sentence(quoted(wish.body))} ${marked}`
    case 'issue-labels':
      return `${labelsWords(wish)} ${name}. Its other labels stay. ${only}`
    case 'issue-state':
      return `${wish.state === 'closed' ? 'Closes' : 'Opens again'} ${name}. ${only}`
    case 'issue-task':
      return `Marks the task “${wish.text}” of ${name} as ${wish.done ? 'done' : 'not done'}. The rest of its text stays as it is then.`
    case 'issue-text': {
      const title = wish.title === undefined || wish.title === issue?.title ? '' : `the title “${wish.title}” and `
      return `Gives ${name} ${title}this text: ${quoted(wish.description)} ${only}`
    }
    case 'create-label': {
      const about = wish.description === '' ? '' : `, described as ${quoted(wish.description)}`
      return `Makes the label “${wish.name}” in ${where}${about}. One that is there in another spelling is left as it is.`
    }
    case 'subscribe-label':
      return `Subscribes you to the label “${wish.name}” in ${where}: GitLab tells you of new issues that carry it.`
    case 'create-board':
      return `Makes the board “${wish.name}” in ${where}. It shows only issues with the label “${wish.label}”; where GitLab’s licence has no such boards, it has a list of them.`
    case 'file-change':
      return fileWords(wish, where, facts)
  }
}

const marked = 'Its text ends with a mark that does not show, by which Understudy finds it again.'

/** What ends with somebody’s words ends as a sentence all the same. */
function sentence(words: string): string {
  return /[.?!…]”?$/.test(words) ? words : `${words}.`
}

function newIssueWords(wish: Extract<WorkWish, { kind: 'create-issue' }>, where: string, facts: WorkFacts): string {
  const details = [
    ...(wish.labels.length > 0 ? [`with the ${word('label', wish.labels.length)} ${list(wish.labels)}`] : []),
    ...(wish.assigneeIds.length > 0 ? [`assigned to ${peopleWords(wish.assigneeIds, facts)}`] : []),
    ...(wish.dueDate === null ? [] : [`due ${wish.dueDate}`]),
  ]
  const what = wish.confidential ? 'a confidential issue' : 'an issue'
  const more = details.length > 0 ? `, ${details.join(', ')}` : ''
  const text = wish.description.trim() === '' ? 'Without a text.' : sentence(`Its text: ${quoted(wish.description)}`)
  return `Opens ${what} in ${where}, in your name: “${wish.title}”${more}. ${text} ${marked}`
}

function labelsWords({ add, remove }: Extract<WorkWish, { kind: 'issue-labels' }>): string {
  const parts = [
    ...(add.length > 0 ? [`Adds the ${word('label', add.length)} ${list(add)} to`] : []),
    ...(remove.length > 0 ? [`${add.length > 0 ? 'takes' : 'Takes'} ${list(remove)} off`] : []),
  ]
  return parts.join(' and ')
}

function fileWords(wish: FileWish, where: string, facts: WorkFacts): string {
  const isNew = facts.file !== null && 'seen' in facts.file && facts.file.seen === null
  const lines = wish.content.replace(/\n$/, '').split('\n').length
  const what = `${isNew ? 'the new file' : 'another content for'} ${wish.path} (${lines} ${word('line', lines)})`
  if (wish.by === 'commit') return `Puts ${what} into ${where}, as a commit to its default branch: “${wish.title}”.`
  const who = wish.assigneeIds.length > 0 ? `, assigned to ${peopleWords(wish.assigneeIds, facts)}` : ''
  return `Asks with a merge request in ${where} for ${what}: “${wish.title}”${who}. Nothing changes there before somebody merges it.`
}

function peopleWords(ids: readonly number[], { me }: WorkFacts): string {
  return ids.map((id) => (id === me?.id ? `you (${me.name})` : `GitLab user ${id}`)).join(', ')
}

function quoted(text: string): string {
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote)}… (${text.length} characters in all)` : text
  return `“${shown}”`
}

function list(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ')
}

function word(noun: string, count: number): string {
  return count === 1 ? noun : `${noun}s`
}
