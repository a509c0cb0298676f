import { plainWords, productWords, workSigns, type WorkPlace, type WorkSign, type WorkSignId } from './work-signs.ts'

/** Where a piece of work belongs, why, and what else is to be done. */
export interface WorkAdvice {
  readonly belongs: WorkPlace
  /** False when the words point both ways, or none points anywhere; the last of `because` says what to decide by. */
  readonly sure: boolean
  readonly where: string
  readonly because: { readonly words: string; readonly source: string }[]
  readonly alsoDo: string[]
  readonly otherwise: { readonly belongs: WorkPlace; readonly words: string }[]
}

interface FoundSign extends WorkSign {
  /** The words that were found, each once, as the text has them but for case and punctuation. */
  readonly found: readonly string[]
}

/** Words quoted of one sign; a log may have hundreds. */
const quotedAtMost = 6

const where: Readonly<Record<WorkPlace, string>> = {
  reactive: 'A ticket in Zendesk',
  proactive: 'An issue or epic in GitLab, with the account’s label',
  interactive: 'Slack, or a call',
}

const otherwise: Readonly<Record<WorkPlace, string>> = {
  reactive: 'A ticket, if something does not work now or somebody asks how the product works.',
  proactive: 'An issue, if it is planned or prepared and nothing is broken now.',
  interactive: 'Slack, if it is only about how the work is run: which comes first, where to write it, when to meet.',
}

/** Of places with as many words, which is proposed: what the work itself is about is often named when only its order is asked. */
const places: readonly WorkPlace[] = ['interactive', 'reactive', 'proactive']

/**
 * Where a piece of work belongs (rule 16), by the words of its description: problems and questions of product and licence in a ticket,
 * what is planned or discussed in an issue or epic, how the work is run in Slack. An emergency is a ticket wherever it is talked about.
 * Case and punctuation do not matter. Only English words are known; a text without any is a ticket, unsure, because nothing gets lost there.
 */
export function placeWork(text: string): WorkAdvice {
  const signs = signsIn(text)
  const belongs = chosenPlace(signs)
  const counted = new Set(signs.filter(isAboutPlace(signs)).map((sign) => sign.belongs))
  const has = (id: WorkSignId) => signs.some((sign) => sign.id === id)
  const sure = counted.size === 1 || (has('emergency') && !counted.has('proactive'))
  const ordered = signs.toSorted((a, b) => Number(b.belongs === belongs) - Number(a.belongs === belongs))
  return {
    belongs,
    sure,
    where: where[belongs],
    because: [
      ...ordered.map(({ found, rule, source }) => ({ words: `${quoted(found)}: ${rule}`, source })),
      ...(sure ? [] : [whatToDecideBy(counted)]),
    ],
    alsoDo: whatElse(belongs, has),
    otherwise: places
      .filter((place) => place !== belongs)
      .map((place) => ({ belongs: place, words: otherwise[place] })),
  }
}

function signsIn(text: string): FoundSign[] {
  const plain = plainWords(text)
  const signs = workSigns.flatMap((sign) => {
    const found = [...new Set(plain.match(sign.words))]
    return found.length > 0 ? [{ ...sign, found }] : []
  })
  // “How do we …” alone says little; about a part of the product, and nothing else, it is a question for a ticket.
  const asksOnly = signs.every(({ id }) => id === 'question' || id === 'urgent') && plain.search(productWords) >= 0
  return asksOnly ? signs : signs.filter(({ id }) => id !== 'question')
}

/** That something is urgent says where to tell it, not where it is worked: it counts only when it is all there is. */
function isAboutPlace(signs: readonly FoundSign[]): (sign: FoundSign) => boolean {
  const onlyUrgent = signs.every(({ id }) => id === 'urgent')
  return (sign) => onlyUrgent || sign.id !== 'urgent'
}

function chosenPlace(signs: readonly FoundSign[]): WorkPlace {
  if (signs.length === 0 || signs.some(({ id }) => id === 'emergency')) return 'reactive'
  const counted = signs.filter(isAboutPlace(signs))
  const wordsFor = (place: WorkPlace) =>
    counted.filter(({ belongs }) => belongs === place).reduce((sum, { found }) => sum + found.length, 0)
  return places.reduce((best, place) => (wordsFor(place) > wordsFor(best) ? place : best))
}

function whatToDecideBy(places: ReadonlySet<WorkPlace>): WorkAdvice['because'][number] {
  const source = 'Handbook, Where to document and manage work for accounts'
  if (places.size === 0) {
    return {
      words:
        'No word in it says where it belongs. A ticket is proposed, because nothing gets lost there; below is what would make it something else.',
      source,
    }
  }
  return {
    words: places.has('interactive')
      ? 'The words point both ways. Decide by what is wanted: to say how the work is run, or the work itself. The work itself needs its ticket or issue.'
      : 'The words point both ways. Decide by the time: what does not work now is a ticket, what is prepared for later is an issue. If it is both, make both, and name each in the other.',
    source,
  }
}

function whatElse(belongs: WorkPlace, has: (id: WorkSignId) => boolean): string[] {
  const lines: (string | false)[] = [
    has('emergency') && 'Write what matters of the conversation into the emergency ticket at once.',
    belongs === 'proactive' &&
      has('call-record') &&
      'Name it YYYY-MM-DD Call: Purpose, and write down who was there, topics, decisions, and tasks with who and by when.',
    belongs === 'proactive' && 'Put the account’s label on it, so that it is in the account’s list.',
    belongs !== 'interactive' &&
      has('urgent') &&
      `Say in Slack that it is urgent, with the address of the ${belongs === 'reactive' ? 'ticket' : 'issue'}.`,
    belongs === 'interactive' &&
      has('meeting') &&
      'After the call, sum it up in each ticket it was about. Any other call becomes an issue named YYYY-MM-DD Call: Purpose.',
    belongs === 'interactive' && has('priority') && 'Write down which priorities changed, and the new order.',
    belongs === 'interactive' && has('urgent') && 'Name the ticket or issue it is about; what has none yet needs one.',
  ]
  return lines.filter((line) => line !== false)
}

function quoted(found: readonly string[]): string {
  const shown = found.slice(0, quotedAtMost).map((words) => `“${words}”`)
  return found.length > quotedAtMost ? `${shown.join(', ')} and ${found.length - quotedAtMost} more` : shown.join(', ')
}
