import { textPrint } from '../sharing/text-print.ts'
import { canonical, shownOf } from '../sharing/versioned.ts'
import { accountTexts, type Acceptance, type AccountText, type HandoffDocument } from './handoff-document.ts'
import { accountTextNames, windowWords, type HandoffWords } from './handoff-words.ts'
import { linePrint, readTicketPart } from './read-ticket-part.ts'

/**
 * Everything that people wrote of an account, as one text that is the same in every copy that holds the same: what an acceptance is
 * of. The facts of its tickets are not in it; they go on changing.
 */
export function acceptedText(document: HandoffDocument): string {
  const tickets = Object.entries(document.tickets).flatMap(([id, part]) => {
    const { line, teachBack, verdict } = readTicketPart(part)
    if (!line && !teachBack && !verdict) return []
    return [[id, { line: line?.value, teachBack: teachBack?.value, verdict: verdict?.value }] as const]
  })
  return canonical({
    id: document.id,
    aseId: document.aseId,
    accountId: document.accountId,
    window: shownOf(document.window)?.value,
    texts: Object.fromEntries(writtenTexts(document)),
    tickets: Object.fromEntries(tickets),
  })
}

/** Names what each part said when it was accepted, by the ticket's id and by the names of the texts and the window. */
export function acceptedPrints(document: HandoffDocument): Record<string, string> {
  const lines = Object.entries(document.tickets).flatMap(([id, part]) => {
    const { line } = readTicketPart(part)
    return line ? [[id, linePrint(line.value)] as const] : []
  })
  const texts = writtenTexts(document).map(([name, value]) => [name, textPrint(value)] as const)
  return Object.fromEntries([...lines, ...texts, ['window', windowPrint(document)]])
}

/**
 * What was written since a handoff was accepted, a sentence each; empty where that is exactly what was accepted.
 *
 * @param hash of what is written now.
 */
export function changesSince(
  accepted: Acceptance,
  document: HandoffDocument,
  hash: string,
  words: HandoffWords,
): string[] {
  if (accepted.state !== 'accepted' || accepted.hash === hash) return []
  const now = acceptedPrints(document)
  const sentences = [...new Set([...Object.keys(accepted.lines), ...Object.keys(now)])].toSorted().flatMap((name) => {
    const [then, is] = [accepted.lines[name], now[name]]
    return then === is ? [] : [changeWords(name, then, is, document, words)]
  })
  return sentences.length > 0 ? sentences : ['Something was said back, or answered, after this was accepted.']
}

function changeWords(
  name: string,
  then: string | undefined,
  is: string | undefined,
  document: HandoffDocument,
  words: HandoffWords,
): string {
  if (name === 'window') {
    const window = shownOf(document.window)?.value
    return `The absence is ${window ? windowWords(window, words) : 'without a time'} now.`
  }
  const how = then === undefined ? 'was written' : is === undefined ? 'was taken out' : 'was changed'
  return isAccountText(name)
    ? `${accountTextNames[name]}: this ${how}.`
    : `${words.ticket(Number(name))}: its line ${how}.`
}

function writtenTexts({ texts }: HandoffDocument): [AccountText, string][] {
  return accountTexts.flatMap((name): [AccountText, string][] => {
    const value = shownOf(texts[name] ?? [])?.value.trim() ?? ''
    return value === '' ? [] : [[name, value]]
  })
}

function windowPrint({ window }: HandoffDocument): string {
  return textPrint(canonical(shownOf(window)?.value ?? null))
}

function isAccountText(name: string): name is AccountText {
  return accountTexts.some((text) => text === name)
}
