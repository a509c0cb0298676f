/** Something somebody has to do after a call. */
export interface ActionItem {
  readonly what: string
  /** Who is directly responsible; empty while nobody is named. */
  readonly dri: string
  /** Calendar day, `2026-12-04`; empty while none is set. */
  readonly dueOn: string
  readonly done: boolean
}

/** What was talked about under one heading. */
export interface CallTopic {
  readonly title: string
  /** Markdown, several lines. */
  readonly notes: string
}

/** A ticket that gets a summary of the call, and who is to read it there. */
export interface CallTicket {
  readonly id: number
  readonly how: 'internal' | 'public'
}

/** What was written down of a call with a customer (rule 18); anything may be empty while it is typed. */
export interface CallDocument {
  /** About tickets: a summary in each of them. Any other call: an issue. */
  readonly about: 'tickets' | 'other'
  /** Calendar day, `2026-12-04`. */
  readonly day: string
  readonly purpose: string
  readonly tickets: readonly CallTicket[]
  /** Who was present of the customer, and of ours. */
  readonly customer: readonly string[]
  readonly ours: readonly string[]
  readonly topics: readonly CallTopic[]
  readonly decisions: readonly string[]
  readonly actions: readonly ActionItem[]
  /** What changed in the order of work; Markdown. */
  readonly prioritiesChanged: string
  /** The new order, first comes first. */
  readonly priorities: readonly string[]
}

/** A call of which nothing is written down yet. */
export function blankCall(begin: Pick<CallDocument, 'about' | 'day' | 'tickets'>): CallDocument {
  return {
    ...begin,
    purpose: '',
    ...{ customer: [], ours: [], topics: [], decisions: [], actions: [] },
    ...{ prioritiesChanged: '', priorities: [] },
  }
}

/** Whether nothing was typed yet. */
export function isBlankCall(call: CallDocument): boolean {
  const { purpose, customer, ours, topics, decisions, actions, prioritiesChanged, priorities } = withoutEmpty(call)
  const lists = [customer, ours, topics, decisions, actions, priorities]
  return purpose === '' && prioritiesChanged === '' && lists.every((list) => list.length === 0)
}

/** A call as it is written: every text on one line where it is one, and what says nothing left out. */
export function withoutEmpty(call: CallDocument): CallDocument {
  return {
    ...call,
    purpose: oneLine(call.purpose),
    customer: linesOf(call.customer),
    ours: linesOf(call.ours),
    topics: call.topics
      .map(({ title, notes }) => ({ title: oneLine(title), notes: notes.trim() }))
      .filter(({ title, notes }) => title !== '' || notes !== ''),
    decisions: linesOf(call.decisions),
    actions: call.actions
      .map((item) => ({ ...item, what: oneLine(item.what), dri: oneLine(item.dri) }))
      .filter(({ what }) => what !== ''),
    prioritiesChanged: call.prioritiesChanged.trim(),
    priorities: linesOf(call.priorities),
  }
}

function linesOf(texts: readonly string[]): string[] {
  return texts.map(oneLine).filter((text) => text !== '')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
