import type { ActionItem } from './call-document.ts'

/** What stands in the last brackets of an action item: `(DRI: Dana, by 2026-12-04)`, one of the two, or the same in words like these. */
const schedule = /^\((?:DRI:?\s+([^()]+?))?(?:[,;]?\s*(?:by|due|until):?\s+(\d{4}-\d{2}-\d{2}))?\)\.?$/i

/** An action item as the text of a task: `Book a day (DRI: Dana, by 2026-12-04)`. */
export function actionText({ what, dri, dueOn }: Pick<ActionItem, 'what' | 'dri' | 'dueOn'>): string {
  // Brackets of their own would end the part that says who and when.
  const who = dri.replaceAll('(', '[').replaceAll(')', ']')
  const parts = [...(who === '' ? [] : [`DRI: ${who}`]), ...(dueOn === '' ? [] : [`by ${dueOn}`])]
  return shownAsText(parts.length === 0 ? what : `${what} (${parts.join(', ')})`)
}

/** Reads what `actionText` wrote, and what people write like it; without who and when, all of it is what is to be done. */
export function readActionText(text: string): Pick<ActionItem, 'what' | 'dri' | 'dueOn'> {
  const plain = text.replaceAll('&lt;!--', '<!--')
  const begin = plain.lastIndexOf('(')
  const found = begin < 0 ? null : schedule.exec(plain.slice(begin))
  const [, dri = '', dueOn = ''] = found ?? []
  const what = plain.slice(0, Math.max(0, begin)).trim()
  if (!found || what === '' || (dri === '' && dueOn === '')) return { what: plain, dri: '', dueOn: '' }
  return { what, dri: dri.trim(), dueOn }
}

/** A text in which nothing begins a comment, which would hide what follows. */
export function shownAsText(text: string): string {
  return text.replaceAll('<!--', '&lt;!--')
}

/**
 * Whether something should have been done by now.
 *
 * @param today calendar day, `2026-12-04`.
 */
export function isOverdue({ dueOn, done }: Pick<ActionItem, 'dueOn' | 'done'>, today: string): boolean {
  return !done && dueOn !== '' && dueOn < today
}

/** Orders action items: what is due first comes first, what has no day last. */
export function byDueDay(one: Pick<ActionItem, 'dueOn'>, another: Pick<ActionItem, 'dueOn'>): number {
  return (one.dueOn || '9').localeCompare(another.dueOn || '9')
}
