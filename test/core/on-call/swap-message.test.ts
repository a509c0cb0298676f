import { expect, test } from 'vitest'
import { instantWords, spanWords, swapMessage } from '#core/on-call/swap-message.ts'

const berlin = 'Europe/Berlin'

test('instants and windows are written by the clocks of a zone, a shared day once', () => {
  const startsAt = Date.UTC(2026, 11, 4, 19)
  expect(instantWords(startsAt, berlin)).toBe('Fri 4 Dec 2026 20:00')
  expect(instantWords(startsAt, 'Asia/Tokyo')).toBe('Sat 5 Dec 2026 04:00')
  expect(spanWords({ startsAt, endsAt: startsAt + 3 * 3_600_000 }, berlin)).toBe('Fri 4 Dec 2026 20:00–23:00')
  expect(spanWords({ startsAt, endsAt: startsAt + 12 * 3_600_000 }, berlin)).toBe(
    'Fri 4 Dec 2026 20:00 – Sat 5 Dec 2026 08:00',
  )
})

test('the message names shift, accounts, overlaps, who is on duty, and the rule', () => {
  const day = (date: number, hour: number) => Date.UTC(2026, 11, date, hour)
  const message = swapMessage({
    engineerName: 'Jonas Weber',
    timeZone: berlin,
    shift: { startsAt: day(4, 19), endsAt: day(5, 7), title: 'On Call - EMEA' },
    overlaps: [{ startsAt: day(4, 19), endsAt: day(5, 6), accountNames: ['Acme', 'Globex'] }],
    coverages: [
      { startsAt: day(1, 8), endsAt: day(5, 6), accountName: 'Acme', aseName: 'Dana Cole' },
      { startsAt: day(2, 8), endsAt: day(8, 16), accountName: 'Globex', aseName: null },
    ],
    policy: { swapFromAccounts: 2, source: 'Handbook: “if you will cover two or more accounts”' },
  })
  expect(message.subject).toBe('On-call swap needed: Jonas Weber, Fri 4 Dec 2026 20:00 – Sat 5 Dec 2026 08:00')
  expect(message.text)
    .toBe(`During my on-call shift “On Call - EMEA” I cover 2 accounts at the same time. We need another engineer to take it over.

Shift: Fri 4 Dec 2026 20:00 – Sat 5 Dec 2026 08:00 (Europe/Berlin)

I cover:
- Acme for Dana Cole: Tue 1 Dec 2026 09:00 – Sat 5 Dec 2026 07:00
- Globex: Wed 2 Dec 2026 09:00 – Tue 8 Dec 2026 17:00

The shift overlaps with:
- Fri 4 Dec 2026 20:00 – Sat 5 Dec 2026 07:00: Acme, Globex

Until somebody takes the shift, I am on duty.

Handbook: “if you will cover two or more accounts”`)
})
