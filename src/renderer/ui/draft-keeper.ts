import type { Drafts } from '../api/drafts.ts'

/** So long after the last letter what was typed is saved, and at the latest so long after the first. */
const pauseMs = 250
const atLatestMs = 1000
/** After a save that failed, another is tried by itself. */
const againMs = 2000

/** A document as the service has it. */
export interface StoredDraft<Document> {
  readonly document: Document
  /** Names this state of it for the save that follows: an instant, a number that counts up. */
  readonly base: number
}

/** A document that is typed, and where it is kept. */
export interface DraftPlace<Document> {
  /** Names it among the drafts of this computer's windows. */
  readonly key: string
  readonly stored: StoredDraft<Document>
  /** What a window kept, as a document; null where it is none. */
  readonly read: (kept: unknown) => Document | null
  readonly same: (one: Document, another: Document) => boolean
  /** Saves what was typed on a state and answers the new one. Rejects with the code `REFUSED` when the service has another state. */
  readonly save: (document: Document, base: number) => Promise<number>
  /** What the service has now; null when it can be saved no more. */
  readonly look: () => Promise<StoredDraft<Document> | null>
  /** Hears of every state that was saved. */
  readonly onSaved?: (saved: StoredDraft<Document>) => void
}

/** How a document that is typed stands. */
export interface DraftState<Document> {
  /** What is shown: all that was typed. */
  readonly document: Document
  /** Whether all of it is at the service. */
  readonly saved: boolean
  /** Why the last save did not work; null while it does. */
  readonly error: Error | null
  /** Another text of the same document, which a person has to choose from; null while there is none. */
  readonly other: Document | null
}

/** What a form does with it. */
export interface DraftTyping<Document> {
  readonly change: (part: Partial<Document>) => void
  /** Where there is another text: `mine` is what is shown. The one not chosen is dropped. */
  readonly settle: (choice: 'mine' | 'other') => void
  /** Saves what is not saved yet; rejects when that does not work. */
  readonly flush: () => Promise<void>
  /** Forgets what the window kept of it. */
  readonly drop: () => void
}

/** A document as it is being typed. */
export type KeptDraft<Document> = DraftState<Document> & DraftTyping<Document>

/** Keeps one document while its form is open. */
export interface DraftKeeper<Document> {
  readonly state: () => DraftState<Document>
  readonly subscribe: (listener: () => void) => () => void
  /** Saves what an earlier window left, and at the end, which is what it returns, what is left then. */
  readonly begin: () => () => void
  readonly typing: DraftTyping<Document>
}

/** Creates the keeper of a document. What this computer kept of it and did not save comes before what is stored. */
export function createDraftKeeper<Document extends object>(
  place: DraftPlace<Document>,
  drafts: Drafts,
): DraftKeeper<Document> {
  const copy = windowCopy(place, drafts)
  const { shown, other, otherBase } = beginOf(place, copy.read())
  const listeners = new Set<() => void>()
  let state: DraftState<Document> = { document: shown, saved: shown === place.stored.document, error: null, other }
  let nextBase = otherBase
  const put = (part: Partial<DraftState<Document>>) => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }
  const saving = createSaving(place, {
    latest: () => state.document,
    isStopped: () => state.other !== null,
    onAdopted(saved) {
      const isAll = state.document === saved.document
      if (isAll) copy.forgetOwn()
      else copy.renew(state.document, saved.base)
      put({ saved: isAll, error: null })
    },
    onOther(found) {
      nextBase = found.base
      put({ other: found.document })
    },
    onError: (error) => put({ error }),
  })
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin() {
      if (!state.saved) saving.soon()
      return saving.leave
    },
    typing: {
      change(part) {
        const document = { ...state.document, ...part }
        copy.keep(document, saving.base())
        put({ document, saved: false })
        saving.soon()
      },
      settle(choice) {
        if (state.other === null) return
        const document = choice === 'other' ? state.other : state.document
        copy.keep(document, nextBase)
        put({ document, saved: false, error: null, other: null })
        saving.goOn(nextBase)
      },
      flush: saving.flush,
      drop: copy.forget,
    },
  }
}

/** What is shown at first, and the other text that a person has to choose from, with the state that either goes on from. */
function beginOf<Document>(
  { stored, same }: DraftPlace<Document>,
  kept: StoredDraft<Document> | null,
): { readonly shown: Document; readonly other: Document | null; readonly otherBase: number } {
  const isNew = kept !== null && !same(kept.document, stored.document)
  const begin = { shown: stored.document, other: null, otherBase: stored.base }
  if (!isNew) return begin
  return kept.base === stored.base ? { ...begin, shown: kept.document } : { ...begin, other: kept.document }
}

/** What the window's own store has of a document. */
function windowCopy<Document>({ key, read }: DraftPlace<Document>, drafts: Drafts) {
  let own = drafts.read(key)
  const keep = (document: Document, base: number) => {
    own = JSON.stringify({ base, document })
    drafts.keep(key, own)
  }
  const forget = () => {
    own = ''
    drafts.keep(key, '')
  }
  // A form that was left may hear of its last save when the next one keeps newer text already.
  const isOwn = () => drafts.read(key) === own
  return {
    ...{ keep, forget },
    forgetOwn: () => own !== '' && isOwn() && forget(),
    renew: (document: Document, base: number) => isOwn() && keep(document, base),
    read(): StoredDraft<Document> | null {
      const kept = parsed(own)
      if (typeof kept !== 'object' || kept === null || !('base' in kept) || !('document' in kept)) return null
      const document = read(kept.document)
      return typeof kept.base === 'number' && document !== null ? { document, base: kept.base } : null
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

interface SavingEnds<Document> {
  readonly latest: () => Document
  /** Whether a person has to choose first. */
  readonly isStopped: () => boolean
  /** That is what the service has now. */
  readonly onAdopted: (saved: StoredDraft<Document>) => void
  readonly onOther: (found: StoredDraft<Document>) => void
  readonly onError: (error: Error) => void
}

/** Saves to the service, one save after the other. */
function createSaving<Document>(
  { stored, same, save, look, onSaved }: DraftPlace<Document>,
  ends: SavingEnds<Document>,
) {
  let atService = stored
  let running: Promise<void> | null = null
  let left = false
  const adopt = (document: Document, base: number) => {
    atService = { document, base }
    onSaved?.(atService)
    ends.onAdopted(atService)
  }
  /** A save was refused: the answer to an earlier one was lost, or another window was faster. */
  const lookAgain = async (sent: Document, refusal: Error) => {
    const found = await look()
    if (found !== null && same(found.document, sent)) return adopt(sent, found.base)
    if (found !== null) ends.onOther(found)
    throw refusal
  }
  const saveOnce = async () => {
    const sent = ends.latest()
    const base = await save(sent, atService.base).catch((fault: unknown) => {
      if (isRefusal(fault)) return fault
      throw fault
    })
    if (typeof base === 'number') adopt(sent, base)
    else await lookAgain(sent, base)
  }
  const flush = async (): Promise<void> => {
    timer.stop()
    while (running) await running.catch(() => undefined)
    if (ends.isStopped()) throw new Error('Choose first which of the two texts to go on with.')
    if (ends.latest() === atService.document) return ends.onAdopted(atService)
    running = saveOnce().finally(() => {
      running = null
    })
    await running
  }
  const run = () => {
    flush().catch((fault: unknown) => {
      const error = fault instanceof Error ? fault : new Error(String(fault))
      ends.onError(error)
      // The service said no; trying again would hear the same until something is changed.
      if (!left && !ends.isStopped() && !('code' in error)) timer.again()
    })
  }
  const timer = saveTimer(run)
  return {
    flush,
    base: () => atService.base,
    soon() {
      left = false
      timer.soon()
    },
    goOn(base: number) {
      atService = { ...atService, base }
      timer.soon()
    },
    /** Saves what is left; without a connection the window's own store has it. */
    leave() {
      left = true
      run()
    },
  }
}

function isRefusal(fault: unknown): fault is Error {
  return fault instanceof Error && 'code' in fault && fault.code === 'REFUSED'
}

/** When to save: in a pause of the typing, and before too much of it is gathered. */
function saveTimer(run: () => void) {
  let timer = 0
  let firstMs: number | null = null
  const start = (ms: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(run, ms)
  }
  return {
    soon() {
      const nowMs = performance.now()
      firstMs ??= nowMs
      start(Math.max(0, Math.min(pauseMs, firstMs + atLatestMs - nowMs)))
    },
    again: () => start(againMs),
    stop() {
      clearTimeout(timer)
      firstMs = null
    },
  }
}
