import { expect, test } from 'vitest'
import { handoffBlocks, type WrittenHandoff } from '#core/handoff/handoff-blocks.ts'
import { putAcceptance, putReviewed, putText } from '#core/handoff/change-handoff.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import { readTicketPart } from '#core/handoff/read-ticket-part.ts'
import { writeHandoffPage } from '#core/handoff/write-handoff-page.ts'
import { handoffTitle, writeHandoffMarkdown } from '#core/handoff/write-handoff-text.ts'
import {
  aHandoff,
  aLine,
  annaSpeaks,
  handoffWords,
  inesSpeaks,
  saidBack,
  someFacts,
} from '#test/support/handoff-values.ts'
import { anna, ines, monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const stable = aLine({ severity: 'stable', story: 'Quiet', contingencies: [], nothingForeseen: true, askWhom: 'Ben' })

/** A handoff with everything in it, as it is written for people. */
function written(parts: Partial<WrittenHandoff> = {}): WrittenHandoff {
  const said = saidBack(putText(aHandoff({ 501: aLine(), 502: stable }), 'mood', 'Calm,\nso far', anna), 501)
  const document = putReviewed(said, 501, someFacts(), ines)
  const part = (id: number) => readTicketPart((parts.document ?? document).tickets[id])
  return {
    ...{ document, words: handoffWords, coverNames: ['Ines'], now: monday - 3 * dayMs, hash: 'f'.repeat(64) },
    ownerWords: 'Anna still owns Acme: the handoff is not accepted.',
    open: ['To be gone over: 1 ticket, 502.'],
    tickets: [
      {
        ticketId: 501,
        facts: someFacts(),
        gone: null,
        reading: part(501),
        missing: [],
        stale: ['Status: open → hold'],
      },
      { ticketId: 502, facts: null, gone: 'It is solved.', reading: part(502), missing: [], stale: [] },
      { ticketId: 503, facts: null, gone: null, reading: part(503), missing: ['everything'], stale: [] },
    ],
    ...parts,
  }
}

test('Markdown begins with all that people read, in the order of the review, and ends with the handoff itself', () => {
  const text = writeHandoffMarkdown(written())
  expect(text.slice(0, text.indexOf('<details>'))).toBe(`# Handoff of Acme by Anna, 2026-12-21 to 2026-12-27

Anna is away from Mon 21 Dec 2026 00:00 until Mon 28 Dec 2026 00:00. Covered by Ines. All times are those of Europe/Berlin.

**Anna still owns Acme: the handoff is not accepted.**

## Still open

- To be gone over: 1 ticket, 502.

## Mood of the customer

Calm,\\
so far

## Unstable: 1 ticket

### Ticket 501

- Status: open, priority normal, assigned to Anna
- Opened: Sat 21 Nov 2026 00:00
- Customer: Carla, Thu 26 Nov 2026 00:00: “It is slow.”
- Our last reply: Anna, Fri 27 Nov 2026 00:00: “We look into it.”
- Breaches: Next reply Mon 21 Dec 2026 01:00
- On Cc: Carla
- Issues: customers/acme\\#3 Upgrade (open)

* Story: Runners time out since the upgrade
* Next: Send the patch, Ines, by 2026-12-22
* If: it happens again, then restart Sidekiq
* Said back: Ines: “They wait for the patch”
* Answer: Anna: that is it
* Gone over: Ines, Wed 2 Dec 2026 00:00
* Changed since: Status: open → hold

## Stable: 1 ticket

### Ticket 502

- Note: It is solved.

* Story: Quiet
* Next: Send the patch, Ines, by 2026-12-22
* Foreseen: nothing
* Ask: Ben

## Nothing decided yet: 1 ticket

### Ticket 503

- Missing: everything

What is known of the tickets is as of Fri 18 Dec 2026 00:00.

`)
  expect(text).toContain('the handoff itself. Leave it as it is.</summary>\n\n```json\n{"understudy":"account-handoff"')
  expect(text).toMatch(/```\n\n<!-- as written: [0-9a-f]{16} -->\n\n<\/details>\n$/)
})

test('an acceptance says who, when, of what, and what was written since; what was written twice is there with all sides', () => {
  const start = aHandoff({ 501: aLine() })
  const accepted = putAcceptance(
    start,
    { state: 'accepted', hash: 'a'.repeat(64), words: 'All clear', speaker: inesSpeaks },
    ines,
  )
  const one = putText(accepted, 'mood', 'Calm', anna)
  const two = putText(accepted, 'mood', 'Angry', ines)
  const document = mergeHandoffs(one, two) ?? start
  const text = handoffBlocks(written({ document, tickets: [] }), 'Title')
    .map((block) => ('items' in block ? block.items.map((item) => item.join(': ')).join('\n') : block.words))
    .join('\n')
  expect(text).toContain(
    'Accepted by Ines on Wed 2 Dec 2026 00:00: “All clear”. What was accepted has the print aaaaaaaaaaaaaaaa.',
  )
  expect(text).toContain('Written since: Mood of the customer: this was written.')
  expect(text).toContain('Mood of the customer: Ines: Angry / Anna: Calm')
  const delayed = putAcceptance(start, { state: 'delayed', hash: '', words: 'Ben is ill', speaker: annaSpeaks }, anna)
  expect(writeHandoffMarkdown(written({ document: delayed, tickets: [] }))).toContain('Put off by Anna on')
})

test('a page holds several handoffs, each on paper of its own, and nothing in it runs or is fetched', () => {
  const words = { ...handoffWords, account: '<img src=x onerror="alert(1)">' }
  const page = writeHandoffPage([written({ words }), written()])
  expect(page.match(/<article>/g)).toHaveLength(2)
  expect(page).toContain('<title>2 handoffs</title>')
  expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
  expect(page).not.toMatch(/<img|<script|<link|<iframe/)
  expect(page.match(/<section>/g)?.length).toBe(page.match(/<\/section>/g)?.length)
  expect(page).toContain('@media print')
})

test('titles name the account, the ASE and the days as they are', () => {
  const { document } = written()
  expect(handoffTitle(document, { ...handoffWords, account: 'A_c  *me*' })).toBe(
    'Handoff of A_c *me* by Anna, 2026-12-21 to 2026-12-27',
  )
})
