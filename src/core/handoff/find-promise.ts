import { Temporal } from 'temporal-polyfill'
import type { InstantMs } from '../instant.ts'

/** Something that somebody said would be done by a day. */
export interface Promised {
  /** The sentence, as it was written. */
  readonly words: string
  /** `2026-12-18`. */
  readonly by: string
}

/** How much of a text is looked at: promises stand at its end or its beginning, and a log pasted into it is none. */
const mostLetters = 8000

/** What makes a sentence with a day in it one about what will be done. */
const ahead =
  /\b(?:will|shall|going to|plan(?:s|ned|ning)?|promise[ds]?|expect(?:s|ed)?|aim(?:s|ing)?|schedul\w+|due|by|before|until|eta|get back|follow(?:ing)? up|let you know)\b|['’]ll\b/i

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = String.raw`(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
const year = String.raw`(?:,?\s+(\d{4}))?`

const isoDay = /\b(\d{4})-(\d{2})-(\d{2})\b/
const dayMonth = new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?${month}${year}\b`, 'i')
const monthDay = new RegExp(String.raw`\b${month}\s+(\d{1,2})(?:st|nd|rd|th)?\b${year}`, 'i')
const weekday = new RegExp(
  String.raw`\b(?:by|on|before|until|till|next|this|coming)\s+(?:end of\s+(?:day\s+)?)?(${weekdays.join('|')})\b`,
  'i',
)
const near = /\b(today|tomorrow|end of (?:the |this )?week)\b/i

/**
 * Finds what was promised by a day: `We will send the patch by Friday`. A day is read by the calendar of who wrote it, from when they
 * did; one that lay behind already is no promise.
 *
 * @returns the last one, which is the one that holds; null where there is none.
 */
export function findPromise(text: string, writtenAt: InstantMs, timeZone: string): Promised | null {
  let wrote: Temporal.PlainDate | undefined
  for (const words of sentencesOf(text.slice(-mostLetters)).toReversed()) {
    if (!ahead.test(words)) continue
    wrote ??= Temporal.Instant.fromEpochMilliseconds(writtenAt).toZonedDateTimeISO(timeZone).toPlainDate()
    const by = dayIn(words, wrote)
    if (by && Temporal.PlainDate.compare(by, wrote) >= 0) return { words, by: by.toString() }
  }
  return null
}

/** The sentences of a text, each by itself; a line that is not ended is one. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\s*[\r\n]+\s*/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

function dayIn(words: string, wrote: Temporal.PlainDate): Temporal.PlainDate | null {
  const iso = isoDay.exec(words)
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const named = dayMonth.exec(words)
  if (named) return nextOf(Number(named[1]), named[2] ?? '', named[3], wrote)
  const american = monthDay.exec(words)
  if (american) return nextOf(Number(american[2]), american[1] ?? '', american[3], wrote)
  const ofWeek = weekday.exec(words)
  if (ofWeek) return nextWeekday(weekdays.indexOf((ofWeek[1] ?? '').toLowerCase()) + 1, wrote)
  const close = near.exec(words)?.[1]?.toLowerCase()
  if (close === 'today') return wrote
  if (close === 'tomorrow') return wrote.add({ days: 1 })
  // On a Friday that is the same day.
  return close === undefined ? null : wrote.add({ days: (5 - wrote.dayOfWeek + 7) % 7 })
}

/** That day of the year it was written in, or of the next one where it lay behind already. */
function nextOf(
  day: number,
  monthName: string,
  year: string | undefined,
  wrote: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const number = months.indexOf(monthName.slice(0, 3).toLowerCase()) + 1
  if (year !== undefined) return dateOf(Number(year), number, day)
  const first = dateOf(wrote.year, number, day)
  const months6 = wrote.subtract({ months: 6 })
  // What lies behind by half a year or less was meant to; further behind, the year ends in between.
  return first && Temporal.PlainDate.compare(first, months6) < 0 ? dateOf(wrote.year + 1, number, day) : first
}

function nextWeekday(number: number, wrote: Temporal.PlainDate): Temporal.PlainDate {
  return wrote.add({ days: ((number - wrote.dayOfWeek + 6) % 7) + 1 })
}

function dateOf(year: number, monthNumber: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month: monthNumber, day }, { overflow: 'reject' })
  } catch {
    return null
  }
}
