import { expect, test } from 'vitest'
import { handoverNote, type HandoverFacts } from '#core/return-meeting/handover-note.ts'
import { after } from '#test/support/return-values.ts'
import { dayMs, wednesday } from '#test/support/work-values.ts'

const know = { kind: 'know', owner: '', dueOn: '', note: '' } as const

function aRow(parts: Partial<HandoverFacts['rows'][number]>, quote = ''): HandoverFacts['rows'][number] {
  const said = { byId: null, byName: null, coverName: 'Ines', isPrivate: false, isExact: true, commentId: null }
  const row = { kind: 'status' as const, words: 'Status: open → pending', at: after(1), dueOn: '', ...parts }
  return { ...row, evidence: [{ ...said, at: row.at, words: row.words, quote }] }
}

const note = (parts: Partial<HandoverFacts>) =>
  handoverNote({
    ...{ aseName: 'Anna', coverNames: ['Ines', 'Ben'], timeZone: 'Europe/Berlin', rows: [], decisions: [] },
    window: { startsAt: wednesday, endsAt: wednesday + 2 * dayMs },
    ...parts,
  })

test('tells what happened in the order it did, what was promised until when, and what was decided and noted', () => {
  const rows = [
    aRow(
      { kind: 'promised', words: 'Promised by 2026-11-25', dueOn: '2026-11-25', at: after(9) },
      'We send the patch.',
    ),
    aRow({ kind: 'promised', words: 'Promised by 2026-11-20', dueOn: '2026-11-20', at: after(8) }, 'We call you.'),
    aRow({ kind: 'contingency-fired', words: 'If it is back, then restart it', at: after(5) }),
    aRow({ kind: 'contingency-wrong', words: 'Nothing was foreseen, and this happened', at: after(5) }),
    aRow({ kind: 'new', words: 'Opened', at: after(2) }),
  ]
  const decisions = [
    { words: 'Opened', decision: { ...know, kind: 'transfer' as const, note: 'She prefers\nmornings. ' } },
    {
      words: 'Status: open → pending',
      decision: { ...know, kind: 'follow-up' as const, owner: 'Ben', dueOn: '2026-12-01' },
    },
    { words: '3 replies', decision: know },
    { words: 'Solved', decision: { ...know, note: 'By itself.' } },
  ]
  expect(note({ rows, decisions })).toBe(
    [
      'Handed back to Anna from Ines and Ben, who covered from Wed 18 Nov 10:00 until Fri 20 Nov 10:00 (times are Europe/Berlin).',
      '',
      'What happened:',
      '- Wed 18 Nov 12:00: Opened',
      '- Wed 18 Nov 15:00: As foreseen: If it is back, then restart it',
      '',
      'Promised to the customer:',
      '- By 2026-11-20: “We call you.”',
      '- By 2026-11-25: “We send the patch.”',
      '',
      'Decided in the return meeting:',
      '- Opened: goes to Anna. She prefers mornings.',
      '- Status: open → pending: is followed up by Ben until 2026-12-01',
      '- Solved: is known. By itself.',
    ].join('\n'),
  )
})

test('leaves out what there is nothing of, and stays short where there is much', () => {
  expect(note({}).split('\n')).toHaveLength(1)
  const many = Array.from({ length: 400 }, (_, hours) => aRow({ at: after(hours), words: 'long '.repeat(400) }))
  const lines = note({ rows: many }).split('\n')
  expect(lines.at(-1)).toBe('- and 377 more')
  expect(lines.length).toBeLessThan(30)
  expect(note({ rows: many }).length).toBeLessThan(20_000)
})
