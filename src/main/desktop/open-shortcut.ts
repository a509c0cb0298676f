import type { GlobalShortcut } from 'electron'

/** Keys that open the window from anywhere. */
export interface OpenShortcut {
  /** Takes other keys, or none. Answers why they cannot be had, in words, after which the former ones hold. */
  set(keys: string | null): string | null
}

/** Keys that may stand without another one held. */
const alone = /^(F([1-9]|1\d|2[0-4])|Media\w+|Volume\w+)$/i
const held = /(^|\+)(Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Super|Meta)\+/i

/** Keeps at most one combination registered with the system. */
export function createOpenShortcut(
  globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister'>,
  open: () => void,
): OpenShortcut {
  let current: string | null = null
  return {
    set(keys) {
      if (keys === current) return null
      if (keys !== null) {
        const problem = problemOf(keys) ?? register(globalShortcut, keys, open)
        if (problem !== null) return problem
      }
      if (current !== null) globalShortcut.unregister(current)
      current = keys
      return null
    },
  }
}

function problemOf(keys: string): string | null {
  if (alone.test(keys) || held.test(keys)) return null
  return `${keys} alone would be missing everywhere else. Hold another key with it: CommandOrControl+Shift+U.`
}

function register(globalShortcut: Pick<GlobalShortcut, 'register'>, keys: string, open: () => void): string | null {
  try {
    if (globalShortcut.register(keys, open)) return null
  } catch {
    // Electron cannot read it.
    return `“${keys}” are no keys that Understudy knows. Write them like CommandOrControl+Shift+U.`
  }
  return `${keys} is taken by another program or by the system. Choose other keys.`
}
