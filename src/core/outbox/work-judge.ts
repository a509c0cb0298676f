import { tickTask } from '../issues/tick-task.ts'
import type { ConflictSide } from './judge-wish.ts'
import { keepMarkers, stripMarkers } from './marker.ts'
import { shortenSides } from './shorten-sides.ts'
import { labelKey, sameLabel, spelling, type FileWish, type IssueWish } from './work-wish.ts'

/** What of an issue a wish can change. */
export interface IssueFields {
  readonly title: string
  /** Markdown. */
  readonly description: string
  readonly state: string
  readonly labels: readonly string[]
}

/** What GitLab is asked to make different about an issue. */
export interface FieldChange {
  readonly title?: string
  readonly description?: string
  readonly addLabels?: readonly string[]
  readonly removeLabels?: readonly string[]
  readonly state?: 'opened' | 'closed'
}

/** What to do with a wish, now that what it is about has been looked at. */
export type WorkVerdict<Order> =
  /** It is as wished: nothing has to be sent. */
  | { readonly kind: 'holds' }
  | { readonly kind: 'conflict'; readonly sides: readonly ConflictSide[] }
  | { readonly kind: 'send'; readonly order: Order }

/** Whether an issue is as a wish wants it; this is what *verified* means. */
export function issueHolds(wish: IssueWish, issue: IssueFields): boolean {
  switch (wish.kind) {
    case 'issue-labels': {
      const has = (label: string) => issue.labels.some((one) => sameLabel(one, label))
      return wish.add.every(has) && !wish.remove.some(has)
    }
    case 'issue-state':
      return issue.state === wish.state
    case 'issue-task':
      return tickTask(issue.description, wish).kind === 'holds'
    case 'issue-text':
      return (
        sameText(wish.description, issue.description) && (wish.title === undefined || wish.title.trim() === issue.title)
      )
  }
}

/**
 * Judges a wish by the issue as it is now. What others did to other parts of it is no conflict, and neither is that they did the same.
 * A state and a label have two sides only; a task conflicts when it is gone or says something else, a text when it is not the one the
 * person saw.
 *
 * @param before what the person saw; what is missing was not known and is not compared.
 * @param spelt labels as the project spells them.
 */
export function judgeIssueWish(
  wish: IssueWish,
  before: Partial<IssueFields>,
  issue: IssueFields,
  spelt: readonly string[] = [],
): WorkVerdict<FieldChange> {
  if (issueHolds(wish, issue)) return { kind: 'holds' }
  switch (wish.kind) {
    case 'issue-labels':
      return { kind: 'send', order: labelOrder(wish, issue, spelt) }
    case 'issue-state':
      return { kind: 'send', order: { state: wish.state } }
    case 'issue-task': {
      const ticked = tickTask(issue.description, wish)
      if (ticked.kind === 'ticked') return { kind: 'send', order: { description: ticked.description } }
      return { kind: 'conflict', sides: issueSides(wish, before, issue) }
    }
    case 'issue-text': {
      const isForeign =
        (before.description !== undefined && !sameText(before.description, issue.description)) ||
        (wish.title !== undefined && before.title !== undefined && before.title !== issue.title)
      if (isForeign) return { kind: 'conflict', sides: issueSides(wish, before, issue) }
      const description = keepMarkers(wish.description, issue.description)
      return { kind: 'send', order: { description, ...(wish.title === undefined ? {} : { title: wish.title }) } }
    }
  }
}

/** Both sides of a wish that met somebody else's change, also of one that was made and then undone. */
export function issueSides(wish: IssueWish, before: Partial<IssueFields>, issue: IssueFields): ConflictSide[] {
  switch (wish.kind) {
    case 'issue-labels':
      return labelSides(wish, before.labels, issue.labels)
    case 'issue-state':
      return [
        {
          field: 'State',
          before: stateWords(before.state),
          mine: stateWords(wish.state),
          theirs: stateWords(issue.state),
        },
      ]
    case 'issue-task': {
      const box = (done: boolean) => `[${done ? 'x' : ' '}] ${wish.text}`
      const missing = tickTask(issue.description, wish).kind === 'missing'
      const theirs = missing ? 'not in the description any more' : box(!wish.done)
      return [{ field: 'Task', before: box(!wish.done), mine: box(wish.done), theirs }]
    }
    case 'issue-text':
      return textSides(wish, before, issue)
  }
}

/** Whether two texts are the same for whoever reads them: line ends, marks and white space at the end do not count. */
export function sameText(a: string, b: string): boolean {
  const read = (text: string) => stripMarkers(text.replaceAll('\r\n', '\n')).trimEnd()
  return read(a) === read(b)
}

/**
 * What a later change of the same person begins from, once an earlier one of theirs was made: so that it does not meet their own change
 * as somebody else's.
 *
 * @param before what the person saw when they ordered the later one.
 */
export function carryOver<Before extends Partial<IssueFields>>(before: Before, made: IssueWish): Before {
  const { description } = before
  if (made.kind === 'issue-text' && description !== undefined) {
    return {
      ...before,
      description: made.description,
      ...(made.title === undefined ? {} : { title: made.title.trim() }),
    }
  }
  if (made.kind !== 'issue-task' || description === undefined) return before
  const ticked = tickTask(description, made)
  return ticked.kind === 'ticked' ? { ...before, description: ticked.description } : before
}

/** A file as it was seen; null where there was none. */
export interface SeenFile {
  readonly content: string
  readonly lastCommitId: string
}

/**
 * Judges another content for a file by the file as it is now.
 *
 * @param before as the person saw it; undefined where that is not known.
 */
export function judgeFileWish(
  wish: Pick<FileWish, 'path' | 'content'>,
  before: SeenFile | null | undefined,
  now: SeenFile | null,
): WorkVerdict<{ readonly lastCommitId: string | null }> {
  if (now?.content === wish.content) return { kind: 'holds' }
  const isSame = before !== undefined && (before?.lastCommitId ?? null) === (now?.lastCommitId ?? null)
  if (!isSame) return { kind: 'conflict', sides: fileSides(wish, before, now) }
  return { kind: 'send', order: { lastCommitId: now?.lastCommitId ?? null } }
}

/** Both sides of a content for a file. */
export function fileSides(
  wish: Pick<FileWish, 'path' | 'content'>,
  before: SeenFile | null | undefined,
  now: SeenFile | null,
): ConflictSide[] {
  const [was = '', mine = '', theirs = ''] = shortenSides([before?.content ?? '', wish.content, now?.content ?? ''])
  const words = (file: SeenFile | null | undefined, text: string) =>
    file === undefined ? 'not known' : file === null ? 'no such file' : text
  return [{ field: wish.path, before: words(before, was), mine, theirs: words(now, theirs) }]
}

function labelOrder(
  wish: Extract<IssueWish, { kind: 'issue-labels' }>,
  issue: IssueFields,
  spelt: readonly string[],
): FieldChange {
  const add = wish.add
    .filter((label) => !issue.labels.some((one) => sameLabel(one, label)))
    .map((label) => spelling(label, spelt))
  const gone = new Set(wish.remove.map(labelKey))
  const remove = issue.labels.filter((label) => gone.has(labelKey(label)))
  return { ...(add.length > 0 ? { addLabels: add } : {}), ...(remove.length > 0 ? { removeLabels: remove } : {}) }
}

function labelSides(
  wish: Extract<IssueWish, { kind: 'issue-labels' }>,
  before: readonly string[] | undefined,
  now: readonly string[],
): ConflictSide[] {
  const has = (labels: readonly string[], label: string) => labels.some((one) => sameLabel(one, label))
  const words = (is: boolean) => (is ? 'on the issue' : 'not on the issue')
  const side = (label: string, wanted: boolean): ConflictSide[] =>
    has(now, label) === wanted
      ? []
      : [
          {
            field: `Label ${label}`,
            before: before ? words(has(before, label)) : 'not known',
            mine: words(wanted),
            theirs: words(!wanted),
          },
        ]
  return [...wish.add.flatMap((label) => side(label, true)), ...wish.remove.flatMap((label) => side(label, false))]
}

function textSides(
  wish: Extract<IssueWish, { kind: 'issue-text' }>,
  before: Partial<IssueFields>,
  issue: IssueFields,
): ConflictSide[] {
  const seen = before.description
  const texts = [seen ?? '', wish.description, issue.description].map(stripMarkers)
  const [was = '', mine = '', theirs = ''] = shortenSides(texts)
  const title =
    wish.title === undefined || wish.title.trim() === issue.title
      ? []
      : [{ field: 'Title', before: before.title ?? 'not known', mine: wish.title, theirs: issue.title }]
  if (sameText(wish.description, issue.description)) return title
  return [...title, { field: 'Description', before: seen === undefined ? 'not known' : was, mine, theirs }]
}

function stateWords(state: string | undefined): string {
  if (state === undefined) return 'not known'
  return state === 'opened' ? 'open' : state
}
