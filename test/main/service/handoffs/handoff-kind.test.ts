import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { fieldPrint } from '#core/handoff/read-ticket-part.ts'
import { canonical } from '#core/sharing/versioned.ts'
import type { WriteDb } from '#service/db/sql.ts'
import {
  accept,
  beginHandoffs,
  judge,
  resolve,
  saveLine,
  saveText,
  teachBack,
} from '#service/handoffs/edit-handoffs.ts'
import { knownHandoff } from '#service/handoffs/exchange-handoffs.ts'
import { handoffKind } from '#service/handoffs/handoff-kind.ts'
import { detailOf } from '#service/handoffs/read-handoffs.ts'
import { judgeHandoffText } from '#service/handoffs/read-handoff-text.ts'
import { handoffMachine, type HandoffMachine } from '#test/support/handoff-machine.ts'
import { aLine } from '#test/support/handoff-values.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { sharedIssue } from '#test/support/one-issue.ts'
import { writtenHistory } from '#test/support/written-history.ts'

const id = 'p1--1'
const minuteMs = 60_000

/** A machine with handoffs, connected to the issue. */
function connected(shared: ReturnType<typeof sharedIssue>, machine: HandoffMachine) {
  const { db, desk } = machine
  return { ...machine, ...shared.connect(handoffKind, db, desk, (one) => knownHandoff({ db }, one)) }
}
type Connected = ReturnType<typeof connected>

const documentAt = ({ db }: { readonly db: WriteDb }) => knownHandoff({ db }, id)
const lineAt = (machine: Connected, ticketId: number) => documentAt(machine).tickets[ticketId]?.line ?? []
const write = (machine: Connected, ticketId: number, story: string) =>
  void saveLine(machine.desk(), {
    ...{ handoffId: id, ticketId, base: fieldPrint(lineAt(machine, ticketId)) },
    line: { ...aLine({ story }), contingencies: [...aLine().contingencies] },
  })
const say = (machine: Connected, ticketId: number, words: string) =>
  teachBack(machine.desk(), { handoffId: id, ticketId, words, speaker: { id: 11 } })

/** Anna at her laptop and her desktop, and Ines at hers; the handoff that Anna began is in the issue on all of them. */
async function handedOver(databases = [memoryDatabase(), memoryDatabase(), memoryDatabase()] as const) {
  const shared = sharedIssue()
  const anna = connected(shared, handoffMachine(12, databases[0]))
  const desktop = connected(shared, handoffMachine(12, databases[1]))
  const ines = connected(shared, handoffMachine(11, databases[2]))
  beginHandoffs(anna.desk(), 'plan:p1')
  write(anna, 101, 'Story 101')
  write(anna, 102, 'Story 102')
  await anna.open(id)
  for (const machine of [anna, desktop, ines]) await machine.fetch()
  return { ...shared, anna, desktop, ines }
}

describe('the issue of a handoff', () => {
  test('is read every ten minutes, and what the colleague said back is taken in and said', async () => {
    const { anna, ines } = await handedOver()
    expect(documentAt(ines)).toEqual(documentAt(anna))
    say(ines, 101, 'They wait for the patch')
    await ines.send(id)
    anna.wait(11 * minuteMs)
    await anna.run()
    expect(documentAt(anna)).toEqual(documentAt(ines))
    expect(anna.told).toEqual([id])
    const { issue, waiting, toSend } = anna.standing(id)
    expect(issue?.takenIn?.changes).toEqual([
      expect.stringMatching(/^Ticket 101 .*: said back by Ines: “They wait for the patch”$/),
    ])
    expect([waiting, toSend]).toEqual([null, false])
  })

  test.each<[string, (all: Awaited<ReturnType<typeof handedOver>>) => void]>([
    [
      'accepts in my name',
      ({ anna }) => {
        for (const ticketId of [101, 102]) {
          say(anna, ticketId, 'Clear')
          judge(anna.desk(), { handoffId: id, ticketId, accepted: true, words: '' })
        }
        const { hash } = detailOf(anna.desk(), id)
        accept(anna.desk(), { handoffId: id, state: 'accepted', hash, words: '', speaker: { id: 11 } })
      },
    ],
    ['says something back in my name', ({ anna }) => say(anna, 101, 'As if Ines said it')],
    [
      'crosses what I wrote',
      ({ anna, ines }) => {
        const mood = (machine: Connected, value: string) =>
          saveText(machine.desk(), { handoffId: id, text: 'mood', value, base: '' })
        mood(anna, 'Calm')
        mood(ines, 'Angry')
      },
    ],
  ])('that %s waits for a person, who takes it in', async (_, happens) => {
    const all = await handedOver()
    const { anna, ines } = all
    happens(all)
    const before = documentAt(ines)
    await anna.send(id)
    ines.wait(11 * minuteMs)
    await ines.run()
    expect(documentAt(ines)).toEqual(before)
    const { waiting } = ines.standing(id)
    expect([...(waiting?.changes ?? []), ...(waiting?.conflicts ?? [])]).not.toEqual([])
    await ines.fetch()
    await ines.send(id)
    await anna.fetch()
    expect(documentAt(ines)).toEqual(documentAt(anna))
    expect(ines.standing(id).waiting).toBeNull()
  })

  test('of which a line is damaged gives what can be read, says what cannot, and keeps it below when it is sent anew', async () => {
    const { anna, ines, write: byHand, issue } = await handedOver()
    write(anna, 102, 'Geo lags by an hour')
    write(anna, 101, 'Waits for the vendor')
    await anna.send(id)
    byHand({ description: issue().description.replace('{"ticket":"102","line":[{', '{"ticket":"102","line":[{oops ') })
    ines.wait(11 * minuteMs)
    await ines.run()
    expect(lineAt(ines, 101)).toEqual(lineAt(anna, 101))
    expect(lineAt(ines, 102)[0]?.value.story).toBe('Story 102')
    expect(ines.standing(id)).toMatchObject({
      toSend: true,
      issue: { problem: expect.stringContaining('Ticket 102 of the handoff of Acme cannot be read.') as string },
    })
    expect((await ines.fetch(false)).unread).toEqual(['Ticket 102 of the handoff of Acme cannot be read.'])
    const { preview } = await anna.exchange.preview(id, false)
    expect(preview.warnings).toEqual([expect.stringContaining('what stood there stays below it')])
    await anna.send(id)
    expect(issue().description).toContain('"line":[{oops ')
    await ines.fetch()
    expect(documentAt(ines)).toEqual(documentAt(anna))
    expect(ines.standing(id)).toMatchObject({ toSend: false, issue: { problem: null } })
  })

  test.each<[string, (text: string) => string, RegExp]>([
    ['was cleared', () => 'Bye', /^There is no handoff in support\/plans#4/],
    [
      'lost its first line',
      (text) => text.replace('"handoff":{', '"handoff":{{'),
      /cannot be read: somebody edited it/,
    ],
    ['holds two handoffs', (text) => text.repeat(2), /more than one handoff/],
    [
      'is of a newer Understudy',
      (text) => text.replace('"account-handoff","format":1', '"account-handoff","format":2'),
      /newer Understudy/,
    ],
  ])('that %s leaves the handoff as it is, and says so', async (_, spoil, words) => {
    const { anna, write: byHand, issue } = await handedOver()
    const before = documentAt(anna)
    byHand({ description: spoil(issue().description) })
    anna.wait(11 * minuteMs)
    await anna.run()
    expect(documentAt(anna)).toEqual(before)
    expect(anna.standing(id).issue?.problem).toMatch(words)
  })

  test('takes as much as GitLab does, and what is longer is offered as a file', async () => {
    const { anna, write: byHand, issue } = await handedOver()
    const { description } = issue()
    write(anna, 101, 'Another')
    byHand({ description: `${'Long. '.repeat(150_000)}\n\n${description}` })
    expect((await anna.exchange.preview(id, false)).preview.refusal).toBeNull()
    byHand({ description: `${'Long. '.repeat(167_000)}\n\n${description}` })
    await expect(anna.send(id)).rejects.toThrow('this handoff is too long for an issue. Hand it over as a file.')
  })

  test('is titled by account, ASE and days, and a title that a person gave stays', async () => {
    const { anna, write: byHand, issue } = await handedOver()
    expect(issue().title).toBe('Handoff of Acme by Anna, 2026-12-21 to 2026-12-27')
    byHand({ title: 'Acme, Christmas' })
    write(anna, 101, 'Another')
    await anna.send(id)
    expect(issue().title).toBe('Acme, Christmas')
  })
})

const anyEdit = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom(
    ...(['line', 'line', 'text', 'say', 'judge', 'delay', 'withdraw', 'resolve'] as const),
    ...(['send', 'send', 'send', 'fetch', 'fetch', 'look', 'read', 'note', 'damage', 'behead'] as const),
  ),
  which: fc.nat(3),
})

describe('whatever three machines do, and whoever edits the issue', () => {
  test(
    'all hold the same in the end, and nothing is overwritten that who wrote had not before them',
    { timeout: 120_000 },
    async () => {
      let written = 0
      await fc.assert(
        fc.asyncProperty(fc.array(anyEdit, { minLength: 4, maxLength: 24 }), async (edits) => {
          const all = await handedOver()
          const history = writtenHistory()
          history.note(null, documentAt(all.anna))
          const begun = history.count()
          const machines = [all.anna, all.desktop, all.ines] as const
          const kept: string[] = []
          for (const [nth, edit] of edits.entries()) {
            const machine = machines[edit.who] ?? all.anna
            const before = documentAt(machine)
            const isWriting = await happen(all, machine, edit, String(nth), kept).catch(refusalOnly)
            if (isWriting) history.note(before, documentAt(machine))
            else expect(lostFrom(before, documentAt(machine))).toEqual([])
          }
          for (const machine of [...machines, all.anna]) {
            await machine.fetch().catch(refusalOnly)
            await machine.send(id)
          }
          for (const machine of machines) {
            await machine.fetch()
            expect(history.standing(documentAt(machine))).toEqual(history.survivors())
            expect(documentAt(machine)).toEqual(documentAt(all.anna))
          }
          for (const text of kept) expect(all.issue().description).toContain(text)
          written += history.count() - begun
        }),
        { numRuns: 40 },
      )
      // A model that nothing is held against proves nothing.
      expect(written).toBeGreaterThan(80)
    },
  )
})

/** Names of parts that a copy had and another has not, though nobody wrote. */
function lostFrom(before: HandoffDocument, after: HandoffDocument): string[] {
  const merged = handoffKind.merge(after, before)
  const [then, now] = [canonical(merged), canonical(after)]
  return then === now ? [] : [then, now]
}

/** @returns whether somebody at the machine wrote something in the handoff. */
async function happen(
  { write: byHand, issue }: Awaited<ReturnType<typeof handedOver>>,
  machine: Connected,
  { what, which }: typeof anyEdit extends fc.Arbitrary<infer Value> ? Value : never,
  nth: string,
  kept: string[],
): Promise<boolean> {
  const ticketId = which % 2 === 0 ? 101 : 102
  const { description } = issue()
  switch (what) {
    case 'line':
      write(machine, ticketId, `Story ${nth}`)
      return true
    case 'text': {
      const text = which % 2 === 0 ? 'mood' : 'dates'
      const base = fieldPrint(documentAt(machine).texts[text] ?? [])
      saveText(machine.desk(), { handoffId: id, text, value: `${text} ${nth}\n- and more`, base })
      return true
    }
    case 'say':
      say(machine, ticketId, `Back ${nth}`)
      return true
    case 'judge':
      judge(machine.desk(), {
        ...{ handoffId: id, ticketId, accepted: which > 1, words: `Answer ${nth}`, speaker: { id: 12 } },
      })
      return true
    case 'delay':
      accept(machine.desk(), { handoffId: id, state: 'delayed', hash: '', words: `Later ${nth}`, speaker: { id: 11 } })
      return true
    case 'withdraw':
      accept(machine.desk(), { handoffId: id, state: 'withdrawn', hash: '', words: '', speaker: { id: 11 } })
      return true
    case 'resolve': {
      const { conflictList } = detailOf(machine.desk(), id)
      const conflict = conflictList[which % Math.max(1, conflictList.length)]
      resolve(machine.desk(), { handoffId: id, field: conflict?.field ?? 'none', side: which % 2 })
      return true
    }
    case 'send': {
      const before = judgeHandoffText(description)
      await machine.send(id)
      const after = judgeHandoffText(issue().description)
      // Nothing that stood there is overwritten, also when whoever sent it had not fetched it.
      if (before.kind === 'read' && after.kind === 'read') expect(lostFrom(before.document, after.document)).toEqual([])
      return false
    }
    case 'fetch':
      await machine.fetch()
      return false
    case 'look':
      await machine.fetch(false)
      return false
    case 'read':
      machine.wait(11 * minuteMs)
      await machine.run()
      return false
    case 'note': {
      const note = `Noted by hand, ${nth}`
      kept.push(note)
      const places = [
        `${note}\n\n${description}`,
        `${description}\n${note}`,
        description.replace('## ', `${note}\n\n## `),
        description.replace('\n{"ticket":', `\n${note}\n{"ticket":`),
      ]
      byHand({ description: places[which] ?? '' })
      return false
    }
    case 'damage':
      if (description.includes(`{"ticket":"${ticketId}","line":[`)) {
        kept.push(`damaged-${nth}`)
        byHand({
          description: description.replace(
            `{"ticket":"${ticketId}","line":[`,
            which > 1 ? `{"ticket":"${ticketId}","line":damaged-${nth}[` : `{"tickt":"${ticketId}","damaged-${nth}":[`,
          ),
        })
      }
      return false
    case 'behead':
      byHand({ description: description.replace('"format":1,"handoff"', `"format":1,"beheaded-${nth}"`) })
      kept.push(...(description.includes('"format":1,"handoff"') ? [`beheaded-${nth}`] : []))
      return false
  }
}

function refusalOnly(error: unknown): false {
  if (error instanceof Error && error.name === 'Refusal') return false
  throw error
}
