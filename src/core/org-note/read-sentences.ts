/** One sentence of a note, and where it stands. */
export interface NoteSentence {
  /** Without line breaks and the marks of a list. */
  readonly text: string
  /** Where it begins and ends in the note. */
  readonly start: number
  readonly end: number
  /** From 1. */
  readonly line: number
  /** The heading, or the words before a colon, that it stands under. */
  readonly topic: string | null
}

const heading = /^\s*(?:#{1,6}\s+(.+?)\s*#*|\*\*([^*]+)\*\*:?|__([^_]+)__:?|([^.!?:]{1,80}):)\s*$/
const listItem = /^\s*(?:[-*+]|\d{1,3}[.)])\s+/
const lead = /^[*_]*([^:*_.!?]{1,60})[*_]*:[*_]*\s/
/** Where one sentence ends and another begins, short forms left out. */
const between =
  /(?<=[.!?][)\]"'’”*_]*)(?<!\b(?:e\.g|i\.e|etc|vs|no|approx|inc|ltd|co|dr|mr|mrs|ms|st)\.)\s+(?=[("'“*_[]*(?:\p{Lu}|\d|@))/giu

/** Takes a note apart into sentences. Headings are no sentences: what follows stands under them. */
export function readSentences(note: string): readonly NoteSentence[] {
  const sentences: NoteSentence[] = []
  let topic: string | null = null
  for (const block of blocksOf(note)) {
    const title = headingOf(block.text)
    if (title !== null) {
      topic = title
      continue
    }
    sentences.push(...sentencesOf(note, block, topic))
  }
  return sentences
}

interface Block {
  readonly text: string
  readonly start: number
}

/** Paragraphs, items of lists and headings. */
function blocksOf(note: string): readonly Block[] {
  const blocks: { text: string; start: number }[] = []
  let open = false
  let start = 0
  for (const line of note.split('\n')) {
    const last = blocks.at(-1)
    const isBlank = line.trim() === ''
    const begins = !open || !last || listItem.test(line) || headingOf(line) !== null
    if (!isBlank && begins) blocks.push({ text: line, start })
    // A line break counts as one letter, so that places in the block are places in the note.
    else if (!isBlank && last) last.text += ` ${line}`
    open = !isBlank && headingOf(line) === null
    start += line.length + 1
  }
  return blocks
}

function headingOf(text: string): string | null {
  const found = heading.exec(text)
  const title = found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4]
  return title === undefined || listItem.test(text) ? null : bare(title).replace(/[:?]+$/, '')
}

function sentencesOf(note: string, block: Block, topic: string | null): NoteSentence[] {
  const marks = listItem.exec(block.text)?.[0].length ?? /^\s*/.exec(block.text)?.[0].length ?? 0
  const body = block.text.slice(marks)
  const said = lead.exec(body)?.[1]?.trim() ?? null
  const breaks = [...body.matchAll(between)]
  const starts = [0, ...breaks.map((found) => found.index + found[0].length)]
  return starts.flatMap((from, index) => {
    const to = breaks[index]?.index ?? body.trimEnd().length
    const text = bare(body.slice(from, to))
    if (text === '') return []
    const start = block.start + marks + from
    const line = note.slice(0, start).split('\n').length
    return [{ text, start, end: block.start + marks + to, line, topic: index > 0 && said !== null ? said : topic }]
  })
}

/** Without marks of emphasis, and with single spaces. */
function bare(text: string): string {
  return text
    .replaceAll(/[*_]{2,}|(?<!\w)[*_]|[*_](?!\w)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
