import { expect, test } from 'vitest'
import { textPrint } from '#core/sharing/text-print.ts'

const text = '# Coverage for Anna\n\n- [ ] Tell them.\n- [x] Review.'

test.each<[string, string]>([
  ['other line ends', text.replaceAll('\n', '\r\n')],
  ['other spaces', ` ${text.replaceAll('Coverage for', 'Coverage   for')}\n\n`],
  ['boxes that were ticked or not', text.replace('[ ]', '[X]').replace('[x]', '[ ]')],
])('%s make no other print', (_, other) => {
  expect(textPrint(other)).toBe(textPrint(text))
})

test.each<[string, string]>([
  ['another letter', text.replace('Anna', 'Anne')],
  ['a line more', `${text}\nSee Ben.`],
  ['words in another order', text.replace('Tell them', 'them Tell')],
  ['nothing at all', ''],
])('%s make another one', (_, other) => {
  expect(textPrint(other)).not.toBe(textPrint(text))
  expect(textPrint(other)).toMatch(/^[0-9a-f]{16}$/)
})
