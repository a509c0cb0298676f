import { describe, expect, test } from 'vitest'
import type { FigureDay, ReturnFigures } from '#contract/return-figures.ts'
import { writeFigures } from '#service/returns/write-figures.ts'
import { dayMs, wednesday } from '#test/support/work-values.ts'

const day = (parts: Partial<FigureDay>): FigureDay => ({
  ...{ day: '2026-11-18', working: true, hours: 3, replies: 2, notes: 1, opened: 1, solved: 0 },
  ...{ otherTaken: 1, otherPlanned: 1.8, ...parts },
})

const figures = (parts: Partial<ReturnFigures> = {}): ReturnFigures => ({
  ...{ accountName: 'Acme Corp', aseName: 'Anna', coverNames: ['Ines', 'Ben'] },
  ...{ since: wednesday, until: wednesday + 2 * dayMs },
  ...{ ticketsHandled: 5, opened: 2, solved: 1, transferred: 1, replies: 4, notes: 1 },
  ...{ emergencies: 0, breached: 1, nearlyMissed: 2, breachesAvoided: 3 },
  days: [
    day({}),
    day({ day: '2026-11-19', working: false, replies: 2, notes: 0, solved: 1, otherTaken: 0, otherPlanned: 1 / 3 }),
    day({ day: '2026-11-20', hours: 0, replies: 0, notes: 0, opened: 0, otherTaken: null, otherPlanned: null }),
  ],
  ...parts,
})

describe('figures as CSV', () => {
  test('have a row for each day and one for all of it', () => {
    expect(writeFigures(figures(), 'csv', 'Europe/Berlin')).toEqual({
      name: 'return-acme-corp-2026-11-20.csv',
      text: [
        'account,covered_by,day,working,hours,replies,notes,opened,solved,other_taken,other_planned,tickets_handled,transferred,emergencies,breaches_avoided,nearly_missed,breached',
        'Acme Corp,Ines and Ben,2026-11-18,yes,3,2,1,1,0,1,1.8,,,,,,',
        'Acme Corp,Ines and Ben,2026-11-19,no,3,2,0,1,1,0,0.33,,,,,,',
        'Acme Corp,Ines and Ben,2026-11-20,yes,0,0,0,0,0,,,,,,,,',
        'Acme Corp,Ines and Ben,all,,6,4,1,2,1,1,2.13,5,1,0,3,2,1',
        '',
      ].join('\r\n'),
    })
  })

  test('have no formula in them, whatever an account is called', () => {
    const { name, text } = writeFigures(figures({ accountName: '=cmd|"calc", Inc' }), 'csv', 'UTC')
    expect(text.split('\r\n')[1]).toMatch(/^"'=cmd\|""calc"", Inc",Ines and Ben,2026-11-18,/)
    expect(name).toBe('return-cmd-calc-inc-2026-11-20.csv')
  })
})

describe('figures as Markdown', () => {
  test('begin with the headline, and say of each figure how it is reckoned', () => {
    const { name, text } = writeFigures(figures(), 'markdown', 'Europe/Berlin')
    expect(name).toBe('return-acme-corp-2026-11-20.md')
    expect(text).toBe(`# Acme Corp, covered for Anna

**Ines and Ben handled 5 tickets in 2 working days: 4 public replies, 3 breaches avoided, 1 clock ran out.**

From Wed 18 Nov 2026 10:00 until Fri 20 Nov 2026 10:00 (Europe/Berlin).

| Figure | Count | What is counted |
| --- | --- | --- |
| Tickets handled | 5 | tickets on which Ines and Ben wrote or changed anything |
| Tickets opened | 2 | tickets that were opened, or moved to the account |
| Tickets solved | 1 | tickets that were solved, by anybody, also where they were opened again |
| Tickets transferred | 1 | tickets that Ines and Ben assigned to somebody, and those transferred in the return meeting |
| Public replies | 4 | by Ines and Ben |
| Internal notes | 1 | by Ines and Ben |
| Emergencies | 0 | tickets that were, or became, an emergency |
| Breaches avoided | 3 | SLA clocks that a public reply by Ines and Ben ended before they ran out |
| Nearly missed | 2 | SLA clocks that were answered in their last tenth, by anybody |
| Breached | 1 | SLA clocks that ran out |

## Day by day

| Day | Hours | Replies | Notes | Opened | Solved | Other tickets | Planned |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 2026-11-18 | 3 | 2 | 1 | 1 | 0 | 1 | 1.8 |
| 2026-11-19 (off) | 3 | 2 | 0 | 1 | 1 | 0 | 0.33 |
| 2026-11-20 | 0 | 0 | 0 | 0 | 0 | – | – |
| **All** | 6 | 4 | 1 | 2 | 1 | 1 | 2.13 |

- Hours: hours of the clock in which Ines and Ben did something on tickets of the account. They are no hours worked, which nobody measures.
- Other tickets: tickets of no account with an ASE that were taken that day.
- Planned: as many of those as the load left room for, from what was usual before the coverage.
- –: not known on the computer this was written on.
`)
  })

  test('take nothing in a name for Markdown', () => {
    const { text } = writeFigures(figures({ accountName: 'A|B <b>', coverNames: ['[Ines](x)'] }), 'markdown', 'UTC')
    expect(text).toContain(String.raw`# A\|B &lt;b\>, covered for Anna`)
    expect(text).toContain(String.raw`on which \[Ines\](x) wrote`)
  })

  test('say of one who covered alone, and of a day that is not over, what is so', () => {
    const { text, name } = writeFigures(figures({ until: wednesday, days: [] }), 'markdown', 'UTC')
    expect(name).toBe('return-acme-corp-2026-11-18.md')
    expect(text).toContain('| **All** | 0 | 0 | 0 | 0 | 0 | – | – |')
  })
})
