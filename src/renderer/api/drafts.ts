/** Texts a person is in the middle of, kept over the end of a window: the host throws windows away when they are hidden. */
export interface Drafts {
  read(key: string): string
  /** Keeps a text; an empty one is forgotten. */
  keep(key: string, text: string): void
}

/** The parts of the browser's storage that drafts use. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const prefix = 'understudy.draft.'
/** A draft nobody went on with for this long is dropped, so that customers' words do not stay for ever. */
const keptMs = 14 * 24 * 3_600_000

/**
 * Drafts in the browser's storage, which may be off or full: then they last as long as the window. Old ones are dropped
 * right away. SECURITY: no secret is ever kept here, since every page of this address can read it.
 */
export function createDrafts(openStorage: () => DraftStorage, wallMs: () => number): Drafts {
  const inWindow = new Map<string, string>()
  const storage = orUndefined(openStorage)
  if (storage) orUndefined(() => dropOld(storage, wallMs()))
  return {
    read(key) {
      const here = inWindow.get(key)
      if (here !== undefined || !storage) return here ?? ''
      return orUndefined(() => parse(storage.getItem(prefix + key)))?.text ?? ''
    },
    keep(key, text) {
      inWindow.set(key, text)
      orUndefined(() => {
        if (text === '') storage?.removeItem(prefix + key)
        else storage?.setItem(prefix + key, JSON.stringify({ text, at: wallMs() }))
      })
    },
  }
}

function dropOld(storage: DraftStorage, now: number): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  for (const key of keys) {
    if (!key?.startsWith(prefix)) continue
    const draft = parse(storage.getItem(key))
    if (!draft || now - draft.at > keptMs) storage.removeItem(key)
  }
}

function parse(kept: string | null): { readonly text: string; readonly at: number } | undefined {
  const value: unknown = orUndefined(() => JSON.parse(kept ?? 'null'))
  if (typeof value !== 'object' || value === null || !('text' in value) || !('at' in value)) return undefined
  return typeof value.text === 'string' && typeof value.at === 'number' ? { text: value.text, at: value.at } : undefined
}

/** What a step gives that the browser may refuse. */
function orUndefined<Result>(step: () => Result): Result | undefined {
  try {
    return step()
  } catch {
    return undefined
  }
}
