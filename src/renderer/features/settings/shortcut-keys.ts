/** Of a key that was pressed, what makes up a shortcut. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Keys by the names Electron has for them. */
const namedKeys: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Enter',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
}

/**
 * What was pressed, in Electron's words: `CommandOrControl+Shift+U`. Undefined while only Ctrl and the like are down, and for what would
 * take a key away from every other program: a shortcut needs Ctrl, Cmd or Alt, or is a function key.
 */
export function shortcutOf({ code, ctrlKey, metaKey, altKey, shiftKey }: PressedKey): string | undefined {
  const key = keyName(code)
  if (key === undefined) return undefined
  const isFunctionKey = /^F\d+$/.test(key)
  if (!ctrlKey && !metaKey && !altKey && !isFunctionKey) return undefined
  return [
    ...(ctrlKey || metaKey ? ['CommandOrControl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey ? ['Shift'] : []),
    key,
  ].join('+')
}

/** A shortcut as people read it: `Ctrl + Shift + U`, on a Mac `Cmd + Shift + U`. */
export function shortcutWords(shortcut: string, mac: boolean): string {
  return shortcut.replace(/CommandOrControl|CmdOrCtrl/, mac ? 'Cmd' : 'Ctrl').replaceAll('+', ' + ')
}

function keyName(code: string): string | undefined {
  const plain = /^(?:Key([A-Z])|Digit(\d)|(F\d{1,2}))$/.exec(code)
  return plain ? (plain[1] ?? plain[2] ?? plain[3]) : namedKeys[code]
}
