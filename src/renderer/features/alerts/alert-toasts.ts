import type { AlertNotice } from '#contract/alerts.ts'

/** How many notices are remembered as shown: many more than stay on screen. */
const mostShown = 50

/** What this window has shown, so that a list takes the place of what it lists, and a later warning that of an earlier one. */
export interface ShownNotices {
  /** Notes a notice. Answers the tags that it takes the place of. */
  add(notice: AlertNotice): readonly string[]
  /** Those that were shown and not taken back, as of now. */
  all(): readonly AlertNotice[]
  /** Forgets notices that were taken back. */
  drop(tags: readonly string[]): void
}

/** Begins with nothing shown. */
export function createShownNotices(): ShownNotices {
  let shown: readonly AlertNotice[] = []
  return {
    all: () => shown,
    drop(tags) {
      shown = shown.filter(({ tag }) => !tags.includes(tag))
    },
    add(notice) {
      const replaced = shown.filter(
        (other) => other.tag === notice.tag || isPartOf(other, notice) || isOvertaken(other, notice),
      )
      shown = [...shown.filter((other) => !replaced.includes(other)), notice].slice(-mostShown)
      return replaced.map(({ tag }) => tag).filter((tag) => tag !== notice.tag)
    },
  }
}

/**
 * Tags of notices whose alerts were all opened or dismissed meanwhile, here or in another window.
 *
 * @param open ids of the alerts that are open, newest first; `more` when there are older ones as well.
 */
export function settledTags(
  notices: readonly AlertNotice[],
  open: readonly number[],
  more: boolean,
): readonly string[] {
  const oldest = more ? (open.at(-1) ?? 0) : 0
  const isSettled = (id: number) => id > oldest && !open.includes(id)
  return notices.filter(({ alertIds }) => alertIds.every(isSettled)).map(({ tag }) => tag)
}

/** Of a ticket that went from one warning to the next and breached, the latest says it all. */
function isOvertaken(former: AlertNotice, later: AlertNotice): boolean {
  const isClock = later.kind === 'breach-coming' || later.kind === 'breached'
  return former.kind === 'breach-coming' && isClock && former.ticketId === later.ticketId
}

function isPartOf(part: AlertNotice, whole: AlertNotice): boolean {
  return part.alertIds.every((id) => whole.alertIds.includes(id))
}
