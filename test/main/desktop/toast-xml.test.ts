import { expect, test } from 'vitest'
import { toastXml } from '#main/desktop/toast-xml.ts'

const notice = {
  tag: 'alert-7',
  title: 'R&D: new ticket #12',
  body: `<b>"It's" down</b>\u0000\u001b`,
  urgent: false,
  actions: [{ id: 'snooze', words: 'Snooze 1 h' }],
} as const

test('a toast and its buttons are links, and the words of a customer are text', () => {
  expect(toastXml(notice, 'abcdefghijklmnopqrstu_')).toBe(
    '<toast launch="understudy://notice/alert-7" activationType="protocol">' +
      '<visual><binding template="ToastGeneric"><text>R&amp;D: new ticket #12</text>' +
      '<text>&lt;b&gt;&quot;It&apos;s&quot; down&lt;/b&gt;</text></binding></visual>' +
      '<actions><action content="Snooze 1 h" activationType="protocol" ' +
      'arguments="understudy://notice/alert-7/snooze/abcdefghijklmnopqrstu_"/></actions></toast>',
  )
})

test('an urgent one stays until it is answered, and one without buttons has no room for them', () => {
  const toast = toastXml({ ...notice, urgent: true, actions: [] }, 'abcdefghijklmnopqrstu_')
  expect(toast).toContain(' scenario="reminder"')
  expect(toast).not.toContain('<actions>')
})
