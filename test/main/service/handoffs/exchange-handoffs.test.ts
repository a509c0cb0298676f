import { describe, expect, test } from 'vitest'
import { fieldPrint } from '#core/handoff/read-ticket-part.ts'
import { accept, beginHandoffs, judge, saveLine, saveText, teachBack } from '#service/handoffs/edit-handoffs.ts'
import { exportHandoffs, importHandoffs, knownHandoff, type HandoffForm } from '#service/handoffs/exchange-handoffs.ts'
import { detailOf } from '#service/handoffs/read-handoffs.ts'
import { readHandoffs } from '#service/db/handoffs.ts'
import { handoffMachine, type HandoffMachine } from '#test/support/handoff-machine.ts'
import { aLine } from '#test/support/handoff-values.ts'

const id = 'p1--1'
const other = 'p1--3'

/** Anna's machine with the handoffs of her two accounts, Acme's written, and Ines's, which knows nothing of them. */
function twoMachines() {
  const [anna, ines] = [handoffMachine(12), handoffMachine(11)]
  beginHandoffs(anna.desk(), 'plan:p1')
  for (const ticketId of [101, 102]) {
    const base = fieldPrint(knownHandoff(anna, id).tickets[ticketId]?.line ?? [])
    saveLine(anna.desk(), {
      ...{ handoffId: id, ticketId, base },
      line: { ...aLine({ story: `<b>Story</b> ${ticketId} *now* & then` }), contingencies: [...aLine().contingencies] },
    })
  }
  saveText(anna.desk(), { handoffId: id, text: 'mood', value: '- Calm\n1. <script>alert(1)</script>\n---', base: '' })
  return { anna, ines }
}
const exported = ({ desk }: HandoffMachine, ids: readonly string[], as: HandoffForm) => exportHandoffs(desk(), ids, as)
const taken = ({ desk }: HandoffMachine, text: string, apply = true) => importHandoffs(desk(), { text, apply })

describe.each<HandoffForm>(['file', 'markdown'])('handoffs as %s', (as) => {
  test('travel together, are answered, and come back', () => {
    const { anna, ines } = twoMachines()
    const { text } = exported(anna, [id, other], as)
    const shown = taken(ines, text, false)
    expect(shown).toMatchObject({ ids: [id, other], fresh: 2, conflicts: [], unread: [] })
    expect(shown.changes[0]).toMatch(/^New: the handoff of Acme for Anna’s absence .* with 2 tickets\.$/)
    expect(readHandoffs(ines.db)).toEqual([])
    taken(ines, text)
    expect(readHandoffs(ines.db).map(({ document }) => document)).toEqual(
      readHandoffs(anna.db).map(({ document }) => document),
    )
    for (const ticketId of [101, 102]) {
      teachBack(ines.desk(), { handoffId: id, ticketId, words: 'Wait for the patch' })
    }
    taken(anna, exported(ines, [id], as).text)
    for (const ticketId of [101, 102]) {
      judge(anna.desk(), { handoffId: id, ticketId, accepted: true, words: '' })
    }
    taken(ines, exported(anna, [id], as).text)
    const { hash } = detailOf(ines.desk(), id)
    accept(ines.desk(), { handoffId: id, state: 'accepted', hash, words: '' })
    const back = taken(anna, exported(ines, [id], as).text)
    expect(back).toMatchObject({ fresh: 0, changes: ['Ines accepted the handoff of Acme.'], conflicts: [] })
    expect(detailOf(anna.desk(), id)).toMatchObject({ state: 'accepted', acceptance: { hash, changedSince: [] } })
    expect(taken(anna, exported(ines, [id], as).text)).toMatchObject({ ids: [id], changes: [] })
  })

  test('of which a line is damaged give the rest, and say which is missing', () => {
    const { anna, ines } = twoMachines()
    const text = exported(anna, [id], as).text.replace('{"ticket":"102"', '{"ticket":"102",')
    expect(taken(ines, text).unread).toEqual(['Ticket 102 of the handoff of Acme cannot be read.'])
    expect(Object.keys(knownHandoff(ines, id).tickets)).toEqual(['101'])
    taken(ines, exported(anna, [id], as).text)
    expect(knownHandoff(ines, id)).toEqual(knownHandoff(anna, id))
  })

  test('that cannot be merged leave everything as it was', () => {
    const { anna, ines } = twoMachines()
    const text = exported(anna, [id, other], as).text
    taken(ines, text)
    const before = knownHandoff(ines, id)
    const spoilt = text.replace(`"id":"${other}","aseId":12`, `"id":"${other}","aseId":13`)
    saveText(anna.desk(), { handoffId: id, text: 'dates', value: 'Upgrade on Monday', base: '' })
    expect(() => taken(ines, spoilt)).toThrow('A handoff of the same number is here for somebody else.')
    expect(knownHandoff(ines, id)).toEqual(before)
  })
})

test('Markdown and the page say all of it to people who have nothing else', () => {
  const { anna } = twoMachines()
  teachBack(anna.desk(), { handoffId: id, ticketId: 101, words: 'Wait for the “patch”', speaker: { id: 11 } })
  anna.ticket({ id: 101, priority: 'urgent' })
  const markdown = exported(anna, [id], 'markdown').text
  const page = exported(anna, [id], 'page').text
  for (const text of [markdown, page]) {
    expect(text).toContain('Handoff of Acme by Anna, 2026-12-21 to 2026-12-27')
    expect(text).toContain('Anna still owns Acme: the handoff is not accepted.')
    expect(text).toContain('Covered by Ines')
    expect(text).toContain('Unstable: 2 tickets')
    expect(text).toContain('it happens again, then restart Sidekiq')
    expect(text).toContain('Send the patch, Ines, by 2026-12-22')
    expect(text).toContain('Wait for the “patch”')
    expect(text).toContain('Priority: normal → urgent')
    expect(text.indexOf('Ticket 102')).toBeLessThan(text.indexOf('Ticket 101'))
    expect(text).not.toMatch(/<script|<b>/)
  }
  expect(markdown).toContain('\\- Calm\\\n1\\. &lt;script\\>alert(1)&lt;/script\\>\\\n\\---')
  expect(markdown).toContain('Story: &lt;b\\>Story&lt;/b\\> 101 \\*now\\* &amp; then')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toContain("default-src 'none'")
  expect(page).not.toMatch(/<script|src=|href=|@import|url\(/)
})

test('an account that is not followed is said, and a handoff that nobody knows is not found', () => {
  const { anna, ines } = twoMachines()
  ines.db.exec('DELETE FROM coverages; DELETE FROM accounts WHERE id = 3')
  expect(taken(ines, exported(anna, [other], 'file').text).changes.at(-1)).toBe(
    'Cormorant is not followed here: follow it, or its tickets do not show when you cover it.',
  )
  expect(() => exported(ines, ['p1--9'], 'file')).toThrow('This handoff is not known here.')
})

test('files are named after what they are of and when', () => {
  const { anna } = twoMachines()
  const name = (ids: string[], as: HandoffForm) => exported(anna, ids, as).fileName
  expect([name([id], 'file'), name([id], 'markdown'), name([id, other], 'page')]).toEqual([
    'handoff-acme-2026-12-21.jsonl',
    'handoff-acme-2026-12-21.md',
    'handoffs-anna-2026-12-21.html',
  ])
})
