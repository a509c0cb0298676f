import { createGiveWay } from '../give-way.ts'
import { Refusal } from '../refusal.ts'

/** A part of a calendar file: its name in capitals and its lines, unfolded, without those of parts inside it. */
export interface IcsPart {
  readonly name: string
  readonly lines: readonly string[]
  readonly parts: readonly IcsPart[]
  /** More is written in it than is read: what is here is not all of it. */
  readonly isCut: boolean
}

/** A calendar file as the parts it is made of. */
export interface ScannedIcs {
  /** The lines that are about the calendar itself. */
  readonly lines: readonly string[]
  readonly events: readonly IcsPart[]
  readonly zones: readonly IcsPart[]
}

/** The greatest calendar that is read, in bytes. */
export const largestCalendarBytes = 10 * 1024 * 1024

/** In words, that a calendar is too large to be read. */
export const tooLargeWords = `This calendar is larger than ${largestCalendarBytes / 1024 / 1024} MB, so it was not read. Choose one with fewer events, or export a shorter time.`

/** What is not needed of an event is dropped unread: descriptions, alarms, attachments. */
const wanted =
  /^(UID|SUMMARY|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|EXRULE|RECURRENCE-ID|STATUS|SEQUENCE|ORGANIZER|ATTENDEE)[;:]/i

/** Who is asked to come is only looked through for names: some of it may be missing. */
const ofPeople = /^(ORGANIZER|ATTENDEE)[;:]/i
/** What is read of the calendar itself. */
const aboutCalendar = /^(X-WR-CALNAME|NAME)[;:]/i

/** Letters and lines that are read of one event, of its people, and of one zone: each is read in one go, and real ones have far less. */
const mostLetters = 32 * 1024
const mostLines = 500

interface OpenPart {
  readonly name: string
  readonly lines: string[]
  readonly parts: IcsPart[]
  isCut: boolean
  /** What was kept so far. */
  readonly kept: Record<'people' | 'rest', { letters: number; lines: number }>
}

function opened(name: string): OpenPart {
  const nothing = () => ({ letters: 0, lines: 0 })
  return { name, lines: [], parts: [], isCut: false, kept: { people: nothing(), rest: nothing() } }
}

/**
 * Takes a calendar file (RFC 5545) apart without reading the values in it, in slices of time.
 *
 * @throws {Refusal} in words, where it is no calendar or breaks off in its middle.
 */
export async function scanIcs(text: string): Promise<ScannedIcs> {
  const giveWay = createGiveWay()
  const found = { lines: [] as string[], events: [] as IcsPart[], zones: [] as IcsPart[] }
  const open: OpenPart[] = []
  let isCalendar = false

  const take = (line: string): void => {
    const [, verb = '', word = ''] = /^(BEGIN|END):(.*)$/i.exec(line) ?? []
    const name = word.trim().toUpperCase()
    if (!isCalendar) {
      if (line.trim() === '') return
      if (verb === '' || name !== 'VCALENDAR') throw new Refusal('refused', noCalendarWords(text))
      isCalendar = true
    }
    if (verb.toUpperCase() === 'BEGIN') open.push(opened(name))
    else if (verb !== '') close(name)
    else keep(line)
  }

  function keep(line: string): void {
    const part = open.at(-1)
    if (!part) return
    if (part.name === 'VCALENDAR') {
      if (aboutCalendar.test(line)) found.lines.push(line)
    } else if (part.name !== 'VEVENT' || wanted.test(line)) keepIn(part, line)
  }

  function keepIn(part: OpenPart, line: string): void {
    const isOfPeople = ofPeople.test(line)
    const kept = part.kept[isOfPeople ? 'people' : 'rest']
    kept.letters += line.length
    kept.lines += 1
    if (kept.letters <= mostLetters && kept.lines <= mostLines) part.lines.push(line)
    else if (!isOfPeople) part.isCut = true
  }

  function close(name: string): void {
    const part = open.pop()
    if (part?.name !== name) throw new Refusal('refused', cutOffWords)
    if (name === 'VEVENT') found.events.push(part)
    else if (name === 'VTIMEZONE') found.zones.push(part)
    else {
      const around = open.at(-1)
      if (around && around.parts.length < mostLines) around.parts.push(part)
      else if (around) around.isCut = true
    }
  }

  let pending = ''
  for (const line of linesOf(text)) {
    await giveWay()
    if (/^[ \t]/.test(line)) {
      // Of a line that is longer than what is read nothing more is needed to tell that it is.
      if (pending.length <= mostLetters) pending += line.slice(1)
      continue
    }
    take(pending)
    pending = line
  }
  take(pending)
  if (!isCalendar) throw new Refusal('refused', noCalendarWords(text))
  if (open.length > 0) throw new Refusal('refused', cutOffWords)
  return found
}

/** In words, that a file or an answer is no calendar, by what it looks like. */
export function noCalendarWords(text: string): string {
  if (text.trim() === '') return 'It is empty, so there is no calendar in it.'
  if (/^\uFEFF?\s*<(!doctype\s+html|html|head|body|script)\b/i.test(text.slice(0, 2000))) return webPageWords
  return 'It is not a calendar: a calendar begins with BEGIN:VCALENDAR. Export it as an iCalendar file (.ics).'
}

const webPageWords =
  'A web page came instead of a calendar, perhaps a sign-in. Copy the calendar’s own iCal address, which needs no sign-in.'

const cutOffWords = 'The calendar breaks off in its middle, so nothing of it was taken over. Read it again.'

/** Lines however they end, one by one, so that a large text is not copied whole. */
function* linesOf(text: string): Generator<string> {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const next = end === -1 ? text.length : end
    yield text[next - 1] === '\r' && next > at ? text.slice(at, next - 1) : text.slice(at, next)
    at = next + 1
  }
}
