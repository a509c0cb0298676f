/** One message of a conversation: who wrote it, when as it stood there, and its lines. */
export interface SaidMessage {
  readonly who: string
  /** `14:05` on a 24-hour clock; null where none was there. */
  readonly when: string | null
  readonly what: readonly string[]
}

const time = String.raw`(?:(?:today|yesterday)\s+at\s+)?(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp]\.?[Mm]\.?)?`
const name = String.raw`(\p{Lu}[\p{L}\p{M}.'’-]*(?:\s+[\p{L}\p{M}(][\p{L}\p{M}.'’()|/-]*){0,5}|@?[a-z][\w.-]+)`

/** `[14:05] Ana Torres: We see 502s` */
const timeFirst = new RegExp(String.raw`^\[${time}\]\s*${name}:\s*(.*)$`, 'u')
/** `Ana Torres  2:05 PM`, `Ana Torres [14:05]`, with what they wrote below it or behind a colon. */
const nameFirst = new RegExp(String.raw`^${name}\s+\[?${time}\]?(?::\s*(.*))?$`, 'u')
/** A time by itself, as Slack puts it on a line of its own. */
const timeAlone = new RegExp(String.raw`^\[?${time}\]?$`, 'u')
/** A line that may be a name; one that ends like a sentence is none. */
const nameAlone = new RegExp(String.raw`^${name}(?<![.!?])$`, 'u')

/** What Slack adds around messages. */
const noise =
  /^(?:\d+ repl(?:y|ies)|last reply .*|view (?:thread|newer replies)|also sent to the channel|replied to a thread:.*|new|\(edited\)|:[\w+-]+:\s*\d*|\d+)$/i

/**
 * Takes a conversation apart that was copied from Slack, in any of the ways in which it comes: name and time in a line, in two lines, or the
 * time in brackets first. What stands before the first name belongs to nobody and stays.
 */
export function tidyConversation(pasted: string): readonly SaidMessage[] {
  const messages: { who: string; when: string | null; what: string[] }[] = []
  const lines = pasted
    .split(/\r?\n/)
    .map((line) => line.replace(/\s*\(edited\)\s*$/i, '').trim())
    .filter((line) => line !== '' && !noise.test(line))
  const begin = (who: string, when: string, first?: string) => {
    const last = messages.at(-1)
    // Slack shows the time alone where the same person goes on.
    messages.push({ who: who.replace(/\s+APP$/, '') || last?.who || '', when, what: first ? [first] : [] })
  }
  for (const line of lines) {
    const first = timeFirst.exec(line)
    const second = nameFirst.exec(line)
    const alone = timeAlone.exec(line)
    if (first) begin(first[4] ?? '', clock(first, 1), first[5])
    else if (second) begin(second[1] ?? '', clock(second, 2), second[5])
    else if (alone) {
      const last = messages.at(-1)
      const before = last?.what.at(-1)
      // A message of one line keeps it: then the same person goes on.
      const isName = before !== undefined && nameAlone.test(before) && (last?.who === '' || last?.what.length !== 1)
      if (isName) last?.what.pop()
      begin(isName ? before : '', clock(alone, 1))
    } else if (messages.length === 0) messages.push({ who: '', when: null, what: [line] })
    else messages.at(-1)?.what.push(line)
  }
  return messages.filter(({ what }) => what.length > 0)
}

/** The messages as text: `14:05 Ana Torres: We see 502s`, further lines indented. */
export function conversationText(messages: readonly SaidMessage[]): string {
  return messages
    .map(({ who, when, what }) => {
      const lead = [when, who].filter(Boolean).join(' ')
      return `${lead === '' ? '' : `${lead}: `}${what.join('\n    ')}`
    })
    .join('\n')
}

/** Hours and minutes of a match, from the group where they begin. */
function clock(match: RegExpExecArray, from: number): string {
  const half = match[from + 2]?.toLowerCase().charAt(0)
  const hours = Number(match[from])
  const past = half === 'p' && hours < 12 ? hours + 12 : half === 'a' && hours === 12 ? 0 : hours
  return `${String(past).padStart(2, '0')}:${match[from + 1] ?? '00'}`
}
