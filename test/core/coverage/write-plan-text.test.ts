import { expect, test } from 'vitest'
import { answerRequest, markRemoved } from '#core/coverage/change-plan.ts'
import { planOf } from '#core/coverage/plan-document.ts'
import { planTitle, writePlanFile, writePlanMarkdown } from '#core/coverage/write-plan-text.ts'
import { anna, aPlanDocument, ines, planWords } from '#test/support/plan-values.ts'

const document = answerRequest(
  aPlanDocument([{ id: 'a', state: 'asked' }], { accountIds: [1, 2] }),
  'a',
  { state: 'accepted', part: null, words: 'Yes | <b>“sure”</b> ```\n@all' },
  ines,
)
const step = {
  id: 'review',
  dueOn: '2026-12-14',
  words: 'Review the accounts.',
  source: '',
  byItself: false,
  late: false,
}
const checklist = [
  { ...step, doneAt: null },
  { ...step, id: 'x', dueOn: '2026-12-07', words: 'Tell them.', doneAt: 1 },
]

test('Markdown is what a person reads, titled like a coverage issue, and ends with the plan itself', () => {
  const text = writePlanMarkdown(document, checklist, planWords)
  expect(text.slice(0, text.indexOf('<details>'))).toBe(`# Coverage for Anna from 2026-12-21 until 2026-12-27

Anna is away from Mon 21 Dec 2026 00:00 until Mon 28 Dec 2026 00:00. All times are those of Europe/Berlin.

| Account | Covering engineer | From | Until | Accepted? |
| --- | --- | --- | --- | --- |
| Acme | Ines | Mon 21 Dec 2026 00:00 | Mon 28 Dec 2026 00:00 | yes: “Yes \\| &lt;b\\>“sure”&lt;/b\\> \\\`\\\`\\\` \\@all” |
| Borealis | nobody yet |  |  |  |

## Checklist

- [ ] 2026-12-14: Review the accounts.
- [x] 2026-12-07: Tell them.

`)
  expect(text).toContain('\n\n```json\n{\n  "understudy": "coverage-plan",')
  expect(text).toMatch(/```\n\n<!-- as written: [0-9a-f]{16} -->\n\n<\/details>\n$/)
})

test('nothing that people wrote ends the block it stands in, or is taken for a mark', () => {
  const file = writePlanFile(document)
  expect(file).not.toMatch(/[`<>&]/)
  expect(JSON.parse(file)).toEqual({ understudy: 'coverage-plan', format: 1, plan: document })
})

test('an absence that was taken away says so', () => {
  expect(writePlanMarkdown(markRemoved(document, true, anna), [], planWords)).toContain('This absence was taken away.')
})

test('a name is shown letter by letter in the text, and stands as it is in the title', () => {
  const words = { ...planWords, personName: () => 'Ann_a  *O’Hara*' }
  expect(planTitle(document, words)).toBe('Coverage for Ann_a *O’Hara* from 2026-12-21 until 2026-12-27')
  expect(writePlanMarkdown(document, [], words)).toContain('# Coverage for Ann\\_a \\*O’Hara\\* from')
})

test('the title names the last day, also of an absence that ends during it', () => {
  const at = (text: string) => Date.parse(text)
  const ends = (endsAt: number) => ({ ...document, endsAt: [{ value: endsAt, clock: { a: 1 }, by: null, at: 0 }] })
  expect(planTitle(ends(at('2026-12-28T00:00+01:00')), planWords)).toContain('until 2026-12-27')
  expect(planTitle(ends(at('2026-12-28T00:01+01:00')), planWords)).toContain('until 2026-12-28')
  expect(planTitle(ends(planOf(document).startsAt - 1), planWords)).toContain('until 2026-12-21')
})
