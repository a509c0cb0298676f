import { expect, test } from 'vitest'
import { createOpenShortcut } from '#main/desktop/open-shortcut.ts'

function shortcutOnStandIn() {
  const registered = new Map<string, () => void>()
  const pressed: string[] = []
  const shortcut = createOpenShortcut(
    {
      register(keys: string, press: () => void) {
        if (keys === 'Ctrl+Taken') return false
        if (keys === 'Ctrl+Nonsense') throw new TypeError('conversion failure from Ctrl+Nonsense')
        registered.set(keys, press)
        return true
      },
      unregister: (keys: string) => void registered.delete(keys),
    },
    () => void pressed.push('opened'),
  )
  return { shortcut, registered, pressed, keys: () => [...registered.keys()] }
}

test('keys that are free open the window, take the place of the former ones, and can be given up', () => {
  const { shortcut, registered, pressed, keys } = shortcutOnStandIn()
  expect(shortcut.set('CommandOrControl+Shift+U')).toBeNull()
  registered.get('CommandOrControl+Shift+U')?.()
  expect(pressed).toEqual(['opened'])
  expect(shortcut.set('Alt+F5')).toBeNull()
  expect(keys()).toEqual(['Alt+F5'])
  expect(shortcut.set('Alt+F5')).toBeNull()
  expect(keys()).toEqual(['Alt+F5'])
  expect(shortcut.set(null)).toBeNull()
  expect(keys()).toEqual([])
})

test.each([
  ['Ctrl+Taken', 'Ctrl+Taken is taken by another program or by the system. Choose other keys.'],
  ['Ctrl+Nonsense', '“Ctrl+Nonsense” are no keys that Understudy knows. Write them like CommandOrControl+Shift+U.'],
  ['U', 'U alone would be missing everywhere else. Hold another key with it: CommandOrControl+Shift+U.'],
  ['Shift+U', 'Shift+U alone would be missing everywhere else. Hold another key with it: CommandOrControl+Shift+U.'],
])('%s is refused in words, and the former keys hold', (wanted, words) => {
  const { shortcut, keys } = shortcutOnStandIn()
  shortcut.set('Alt+F5')
  expect(shortcut.set(wanted)).toBe(words)
  expect(keys()).toEqual(['Alt+F5'])
})

test('a key that nobody types with may stand alone', () => {
  expect(shortcutOnStandIn().shortcut.set('F9')).toBeNull()
})
