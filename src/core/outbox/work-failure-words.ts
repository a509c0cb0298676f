/** What an entry says while nobody knows whether it arrived at GitLab. */
export const uncertainWorkWords =
  'GitLab did not say whether this was done. Understudy looks first, and sends it again only if it was not.'

/** The same once a look has not found it: GitLab may be at it still. */
export const stillOpenWords =
  'GitLab did not say whether this was done, and it is not there so far. Understudy looks again before it sends it once more.'

/** GitLab took it, and a look does not show it so far. */
export const unseenWords = 'GitLab took this and does not show it yet. Understudy looks again.'

/** The same after several looks. */
export const ignoredWorkWords =
  'GitLab took this and does not show it. Look at it in GitLab before you try it again: it may be there all the same.'

/**
 * Words for what GitLab answered to a change it refused.
 *
 * @param words what is said of such a failure in general.
 * @param detail the vendor's own sentence, if there was one.
 */
export function workRejectionWords(
  kind: 'forbidden' | 'not-found' | 'rejected',
  words: string,
  detail: string | null,
): string {
  const said = detail === null ? '' : `“${detail.replace(/\.$/, '')}”`
  if (kind === 'rejected')
    return said === '' ? `${words} Nothing was changed.` : `GitLab did not accept this: ${said}. Nothing was changed.`
  // A bare number says nothing that the words do not.
  return said === '' || /^“\d{3}\b/.test(said)
    ? `${words} Nothing was changed.`
    : `${words} It says ${said}. Nothing was changed.`
}

/** What it is about cannot be looked at, after it may have been changed. */
export function unknownOutcomeWords(words: string): string {
  return `${words} Whether the change got there is not known.`
}

/**
 * Customers would see by now what was to be for colleagues.
 *
 * @param words who sees it.
 */
export function seenByOthersWords(words: string): string {
  return `This was ordered for colleagues only, and customers would see it now. ${words} Nothing was changed. Discard it; if they may see it, order it again.`
}
