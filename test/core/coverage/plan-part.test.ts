import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tickStep } from '#core/coverage/change-plan.ts'
import { findSharedText } from '#core/sharing/embedded-text.ts'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { planLayout, tickedByHand } from '#core/coverage/plan-part.ts'
import { planMark, writePlanMarkdown } from '#core/coverage/write-plan-text.ts'
import { emptyPart, findSharedPart, putSharedPart, type SharedPart } from '#core/sharing/issue-part.ts'
import { anna, aPlanDocument, planWords } from '#test/support/plan-values.ts'

const step = { source: '', byItself: false, late: false, doneAt: null }
const checklist = [
  { ...step, id: 'find', dueOn: '2026-12-01', words: 'Find cover.', byItself: true },
  { ...step, id: 'review', dueOn: '2026-12-14', words: 'Review [all] of it.' },
  { ...step, id: 'tell', dueOn: '2026-12-14', words: 'Tell the customers.', doneAt: 5 },
]
const document = tickStep(aPlanDocument([{ id: 'a', state: 'accepted' }]), 'tell', true, anna)
const markdown = writePlanMarkdown(document, checklist, planWords)
const other = writePlanMarkdown(aPlanDocument([], { days: 3 }), [], planWords)
const nothing = emptyPart
const findPlanPart = (issue: string) => findSharedPart(issue, planLayout)
const putPlanPart = (part: SharedPart, plan: string) => putSharedPart(part, plan, planLayout)
const text = putPlanPart(nothing, markdown)
const put = (issue: string, next = other) => putPlanPart(findPlanPart(issue), next)
const planIn = (issue: string) => {
  const found = findSharedText(issue, planMark)
  return found.kind === 'found' ? (JSON.parse(found.json) as { plan: PlanDocument }).plan : found.kind
}

describe('a plan in an issue', () => {
  test('takes the place of the one that stands there, and writing it again changes nothing', () => {
    expect(planIn(text)).toEqual(document)
    expect(findPlanPart(text)).toMatchObject({ before: '', after: '', edited: false })
    expect(put(text, markdown)).toBe(text)
    expect(put(text)).toBe(putPlanPart(nothing, other))
  })

  test('leaves what people wrote above and below it, over and over', () => {
    const written = `Approved by **Ben**.\n\n${text}\nSee also #4\n- [ ] bring cake`
    for (const issue of [put(written), put(put(written, markdown)), put(written.replaceAll('\n', '\r\n'))]) {
      expect(issue).toBe(`Approved by **Ben**.\n\n${putPlanPart(nothing, other)}\nSee also #4\n- [ ] bring cake\n`)
    }
  })

  test('that a person pasted is found without the line before it, and even without its heading', () => {
    expect(put(`Hello\n\n${markdown}\nBye`)).toBe(`Hello\n\n${putPlanPart(nothing, other)}\nBye\n`)
    const folded = markdown.slice(markdown.indexOf('<details>'))
    expect(put(`Hello\n${folded}Bye`)).toBe(`Hello\n\n${putPlanPart(nothing, other)}\nBye\n`)
  })

  test('that somebody changed by hand is written anew, and what they wrote stays below it', () => {
    const edited = text.replace('| Acme | Ines |', '| Acme | Ben, ~~~~ not Ines |')
    expect(findPlanPart(edited).edited).toBe(true)
    const issue = put(edited)
    expect(planIn(issue)).toEqual(planIn(other))
    expect(issue.startsWith(putPlanPart(nothing, other).trimEnd())).toBe(true)
    expect(issue).toContain('changed by hand</summary>\n\n~~~~~text\n# Coverage for Anna')
    expect(issue).toContain('| Acme | Ben, ~~~~ not Ines |')
    expect(findPlanPart(issue).edited).toBe(false)
    expect(put(issue)).toBe(issue)
  })

  test('that is cut off keeps all that was readable of it', () => {
    const damaged = text.replace(/"entries"[^]*?(?=```)/, '')
    expect(planIn(damaged)).toBe('cut-off')
    const issue = put(`Top\n\n${damaged}\nEnd`)
    expect(planIn(issue)).toEqual(planIn(other))
    expect(issue).toMatch(/^Top\n\n/)
    expect(issue).toContain('| Acme | Ines |')
    expect(issue).toMatch(/\n\nEnd\n$/)
  })

  test('comes below a text that has none', () => {
    expect(put('Only words')).toBe(`Only words\n\n${putPlanPart(nothing, other)}`)
    expect(put('')).toBe(putPlanPart(nothing, other))
  })

  test('survives whatever people write around it', () => {
    const around = fc
      .array(fc.constantFrom('# Coverage for nobody', '<details>', '</details>', '```', '{', '}', 'Hi', '- [x] a', ''))
      .map((lines) => lines.join('\n').trim())
    fc.assert(
      fc.property(around, around, (above, below) => {
        const issue = putPlanPart({ ...nothing, before: above, after: below }, markdown)
        expect(findPlanPart(issue)).toMatchObject({ edited: false })
        const next = put(issue)
        expect(next).toBe(putPlanPart({ ...nothing, before: above, after: below }, other))
        expect(planIn(next)).toEqual(planIn(other))
      }),
    )
  })
})

describe('boxes of the checklist', () => {
  const ticked = (issue: string) => tickedByHand(findPlanPart(issue), document, checklist)

  test('that somebody ticked or unticked in the issue are told, others are not', () => {
    expect(ticked(text)).toEqual([])
    const byHand = text.replace('- [ ] 2026-12-14: Review', '- [x] 2026-12-14: Review')
    expect(ticked(byHand)).toEqual([{ stepId: 'review', done: true }])
    expect(findPlanPart(byHand).edited).toBe(false)
    expect(ticked(text.replace('- [x] 2026-12-14: Tell', '- [ ] 2026-12-14: Tell'))).toEqual([
      { stepId: 'tell', done: false },
    ])
  })

  test('of steps that are done by themselves, and of no step, say nothing', () => {
    expect(ticked(text.replace('- [ ] 2026-12-01: Find', '- [x] 2026-12-01: Find'))).toEqual([])
    expect(ticked(text.replace('Review', 'Look through'))).toEqual([])
  })
})
