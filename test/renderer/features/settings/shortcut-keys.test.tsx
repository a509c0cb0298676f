import { expect, test } from 'vitest'
import { shortcutOf, shortcutWords } from '#renderer/features/settings/shortcut-keys.ts'

test.each([
  [{ code: 'KeyU', ctrlKey: true, shiftKey: true }, 'CommandOrControl+Shift+U'],
  [{ code: 'KeyU', metaKey: true }, 'CommandOrControl+U'],
  [{ code: 'Digit1', ctrlKey: true, altKey: true }, 'CommandOrControl+Alt+1'],
  [{ code: 'Space', altKey: true }, 'Alt+Space'],
  [{ code: 'F9' }, 'F9'],
  [{ code: 'F9', shiftKey: true }, 'Shift+F9'],
])('%o is %s', (pressed, shortcut) => {
  expect(shortcutOf(aKey(pressed))).toBe(shortcut)
})

test.each([
  ['a letter by itself', { code: 'KeyU' }],
  ['a capital letter', { code: 'KeyU', shiftKey: true }],
  ['Ctrl that is only held', { code: 'ControlLeft', ctrlKey: true }],
  ['Tab, which leads on', { code: 'Tab' }],
  ['Tab with Alt, which the system has', { code: 'Tab', altKey: true }],
])('%s is none', (_what, pressed) => {
  expect(shortcutOf(aKey(pressed))).toBeUndefined()
})

test('a shortcut is read by the names the keys have there', () => {
  expect(shortcutWords('CommandOrControl+Shift+U', false)).toBe('Ctrl + Shift + U')
  expect(shortcutWords('CommandOrControl+Shift+U', true)).toBe('Cmd + Shift + U')
})

function aKey(pressed: Partial<Parameters<typeof shortcutOf>[0]>): Parameters<typeof shortcutOf>[0] {
  return { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...pressed }
}
