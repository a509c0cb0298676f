import { createContext, use, useEffect, useRef, useSyncExternalStore } from 'react'

/** One thing the keyboard does. */
export interface Shortcut {
  /** `j`, `ArrowDown`, `?`, a sequence `g t`, `mod+k` (Ctrl, on a Mac Cmd), or `alt+ArrowDown`, which works in fields too. */
  readonly keys: string
  /** What it does, for the sheet that lists them. */
  readonly words: string
  readonly group: string
  /** Does it once however long the key is held down. */
  readonly once?: boolean
  readonly run: () => void
}

/** Knows every shortcut that works now, and carries them out. */
export interface Keyboard {
  register(shortcuts: readonly Shortcut[]): () => void
  shortcuts(): readonly Shortcut[]
  subscribe(listener: () => void): () => void
  /** Leaves every key but those with Ctrl or Cmd alone, until what it answers is called. */
  rest(): () => void
  handle(event: KeyboardEvent): void
}

/** A second key of a sequence counts for this long. */
const sequenceMs = 1500

/** Shortcuts of the screens and of the window. Later registrations win. Keys typed into fields and dialogs stay there. */
export function createKeyboard(): Keyboard {
  const listeners = new Set<() => void>()
  let registered: readonly (readonly Shortcut[])[] = []
  let all: readonly Shortcut[] = []
  let first: { key: string; at: number } | undefined
  let resting = 0
  const change = (next: readonly (readonly Shortcut[])[]) => {
    registered = next
    all = next.flat()
    for (const listener of listeners) listener()
  }
  const find = (keys: string) => all.findLast((shortcut) => shortcut.keys === keys)
  return {
    register(shortcuts) {
      change([...registered, shortcuts])
      return () => change(registered.filter((other) => other !== shortcuts))
    },
    shortcuts: () => all,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    rest() {
      resting += 1
      return () => {
        resting -= 1
      }
    },
    handle(event) {
      const key = keyOf(event)
      if (resting > 0 && !key?.startsWith('mod+')) return
      if (event.defaultPrevented || event.isComposing || !key || !isForUs(event, key)) return
      const sequence = first && event.timeStamp - first.at < sequenceMs ? find(`${first.key} ${key}`) : undefined
      const shortcut = sequence ?? find(key)
      first = { key, at: event.timeStamp }
      if (!shortcut) return
      event.preventDefault()
      first = undefined
      if (!(event.repeat && shortcut.once)) shortcut.run()
    },
  }
}

function keyOf(event: KeyboardEvent): string | undefined {
  if (event.altKey) return event.ctrlKey || event.metaKey || event.shiftKey ? undefined : `alt+${event.key}`
  if (event.ctrlKey || event.metaKey) return event.shiftKey ? undefined : `mod+${event.key.toLowerCase()}`
  return event.key
}

function isForUs(event: KeyboardEvent, key: string): boolean {
  const target = event.target
  if (!(target instanceof Element)) return true
  const inDialog = target.closest('[role=dialog], [role=alertdialog]') !== null
  // A dialog has an Enter and an Alt of its own.
  if (key === 'mod+enter' || key.startsWith('alt+')) return !inDialog
  if (key.startsWith('mod+')) return true
  if (inDialog || target.closest('textarea, select, [contenteditable]')) return false
  const input = target.closest('input')
  // A letter means nothing to what is only ticked.
  if (input) return /^(radio|checkbox)$/.test(input.type) && key.length === 1 && key !== ' '
  return (key !== 'Enter' && key !== ' ') || !target.closest('button, a, summary, [role=link], [role=switch]')
}

const KeyboardContext = createContext<Keyboard | null>(null)

/** Hands the keyboard down to the screens. */
export const KeyboardProvider = KeyboardContext

/** The window's keyboard. */
export function useKeyboard(): Keyboard {
  const keyboard = use(KeyboardContext)
  if (!keyboard) throw new Error('useKeyboard is called outside of a KeyboardProvider')
  return keyboard
}

/** Makes shortcuts work for as long as the calling component is on screen. The keys must not change between renders. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const keyboard = useKeyboard()
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(
    () =>
      keyboard.register(
        latest.current.map((shortcut) => ({
          ...shortcut,
          run: () => latest.current.find((other) => other.keys === shortcut.keys)?.run(),
        })),
      ),
    [keyboard],
  )
}

/** Every shortcut that works now. */
export function useAllShortcuts(): readonly Shortcut[] {
  const keyboard = useKeyboard()
  return useSyncExternalStore(keyboard.subscribe, keyboard.shortcuts)
}
