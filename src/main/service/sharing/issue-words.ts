import type { SharedText, UnreadPiece } from './document-kind.ts'

/** What a kind of document is called. */
export interface Named {
  readonly noun: string
  readonly name: string
}

/** Why no document can be read from an issue. */
export function unreadableWords(
  { noun, name }: Named,
  problem: Exclude<SharedText<unknown>['kind'], 'read'>,
  reference: string,
): string {
  switch (problem) {
    case 'none':
      return `There is no ${name} in ${reference}. Send the ${noun} from here to put it there.`
    case 'several':
      return `There is more than one ${name} in ${reference}. Leave one of them in it.`
    case 'newer':
      return `The ${noun} in ${reference} was written by a newer Understudy. Install that one to go on with it.`
    case 'damaged':
      return `The ${noun} in ${reference} cannot be read: somebody edited it by hand. Send the ${noun} from here to put it right.`
  }
}

/** What is said of an issue of which only a part could be read; null where all of it could. */
export function partlyReadWords({ noun }: Named, unread: readonly UnreadPiece[], reference: string): string | null {
  if (unread.length === 0) return null
  const what = unread.map(({ words }) => words).join(' ')
  return `${what} Somebody edited ${reference} by hand. Send the ${noun} from here to put it right; the text stays below it.`
}

/** What is said of an issue that GitLab does not show. */
export function goneWords({ noun }: Named, reference: string): string {
  return `GitLab does not show ${reference}: it is gone, or you may not see it. The ${noun} here stays as it is.`
}

/** What is said of a project for coverage issues that GitLab does not show. */
export function goneProjectWords(path: string): string {
  return `GitLab does not show the project ${path}: it is gone, or you may not see it.`
}

/** What is said of an issue that holds another document than the one it was asked for. */
export function otherOneWords({ noun }: Named, reference: string): string {
  return `${reference} holds another ${noun}. Open another issue for this one.`
}

/** What is said of an issue that went to another project. */
export function movedWords({ noun }: Named, reference: string): string {
  return `${reference} was moved to another project. Take in the ${noun} from its new address.`
}
