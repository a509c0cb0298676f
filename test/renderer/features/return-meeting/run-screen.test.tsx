import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { MeetingRow } from '#contract/returns.ts'
import { aStatus, hourMs, now } from '../../support/fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { type OpenedWindow, openWindow } from '../../support/open-window.tsx'
import { aDecided, anEvidence, aReturn, aRow, decided, runPath, someRows } from '../../support/return-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

async function run(rows: MeetingRow[], ...[list, meeting]: ParametersOfReturn) {
  const opened = await openWindow(aReturn(rows, list, meeting), runPath)
  await screen.findByRole('heading', { level: 1, name: 'Return: Fabrikam Health' })
  return opened
}
type ParametersOfReturn = [list?: Parameters<typeof aReturn>[1], meeting?: Parameters<typeof aReturn>[2]]

const at = (name: RegExp | string) => screen.findByRole('heading', { level: 2, name })
const inputsOf = ({ standIn }: OpenedWindow, procedure: string) =>
  standIn.calls.filter((call) => call.path === procedure).map(({ input }) => input)
const listOf = ({ standIn }: OpenedWindow) => {
  const list = standIn.state.returnLists.get('v-fabrikam')
  if (!list) throw new Error('no list')
  return list
}
const said = () => screen.findAllByRole('status')
const plain = { note: '', owner: '', dueOn: '' }

describe('the list is run by keyboard', () => {
  test('40 rows, a key each, end at zero undecided and lead on to what follows', async () => {
    const opened = await run(someRows(40))
    await screen.findByText('40 undecided')
    const keys = ['1', '2', '3', '5', '{Enter}']
    for (let place = 0; place < 40; place += 1) {
      await at(new RegExp(`^#${4711 + place} `))
      await userEvent.keyboard(keys[place % keys.length] ?? '')
    }
    await at('Nothing undecided')
    const progress = await screen.findByRole('progressbar', { name: 'Decided' })
    expect(progress.getAttribute('aria-valuetext')).toBe('40 of 40 decided')
    await expect.poll(() => inputsOf(opened, 'returns.decide')).toHaveLength(40)
    expect(inputsOf(opened, 'returns.decide').slice(0, 5)).toEqual(
      (['keep', 'transfer', 'close-out', 'know', 'transfer'] as const).map((kind, place) => ({
        ...{ coverageId: 'v-fabrikam', key: `ticket:${4711 + place}/new`, state: 's1' },
        decision: { kind, ...plain },
      })),
    )
    const end = within(await screen.findByRole('region', { name: 'End of the list' }))
    expect(end.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual(['8', '16', '8', '0', '8'])
    expect(faultsOfThePage()).toEqual([])
    await expect.poll(() => screen.getByRole('button', { name: /^Go on to/ }).hasAttribute('disabled')).toBe(false)
    await userEvent.keyboard('{Enter}')
    await expect.poll(opened.path).toBe(`${runPath}/wrap-up`)
    expect(inputsOf(opened, 'returns.settle')).toEqual([{ coverageId: 'v-fabrikam', settled: true }])
  })

  test('j and k go from row to row, past the last to the end, and each row takes the focus', async () => {
    await run(someRows(2))
    await at(/^#4711/)
    await userEvent.keyboard('j')
    await at(/^#4712/)
    await expect.poll(() => document.activeElement?.textContent).toMatch(/^#4712/)
    await userEvent.keyboard('j')
    await at('2 undecided')
    await userEvent.keyboard('k')
    await at(/^#4712/)
    await userEvent.keyboard('j{Enter}')
    await at(/^#4711/)
  })

  test('a key that is held down decides one row', async () => {
    const opened = await run(someRows(3))
    await at(/^#4711/)
    const press = (repeat: boolean) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '5', bubbles: true, repeat }))
    press(false)
    await at(/^#4712/)
    for (let turn = 0; turn < 5; turn += 1) press(true)
    await userEvent.keyboard('k')
    await at(/^#4711/)
    await expect.poll(() => inputsOf(opened, 'returns.decide')).toHaveLength(1)
  })

  test('a decision that a row does not offer is not made', async () => {
    const opened = await run([aRow({ kind: 'gone' }), aRow({ ticketId: 4712 })])
    await at(/^#4711/)
    expect(screen.queryByRole('button', { name: /^Transfer/ })).toBeNull()
    await userEvent.keyboard('2')
    await screen.findByText('Transfer to ASE is nothing that can be done with this.')
    await at(/^#4711/)
    expect(inputsOf(opened, 'returns.decide')).toEqual([])
  })

  test('a row is found by its number or its words', async () => {
    await run([...someRows(20), aRow({ kind: 'breached', ticketId: 4600, subject: 'Late' })])
    await at(/^#4711/)
    await userEvent.keyboard('/4719{Enter}')
    await at(/^#4719/)
    await userEvent.keyboard('/breached{Enter}')
    await at(/^#4600/)
    await userEvent.keyboard('l')
    await expect.poll(() => screen.queryByRole('navigation', { name: 'Rows of the meeting' })).toBeNull()
    // Folded away, it comes back for whoever looks for a row.
    await userEvent.keyboard('/4712{Escape}')
    await at(/^#4600/)
    await userEvent.keyboard('/4713{Enter}')
    await at(/^#4713/)
  })
})

describe('a row', () => {
  test('tells what happened with its evidence, by the clocks of both, and how it stands now', async () => {
    const evidence = [
      anEvidence(),
      anEvidence({
        ...{ at: now - 2 * hourMs, words: 'Priority: high → urgent', byName: null, quote: '' },
        ...{ isExact: false, coverName: null },
      }),
      anEvidence({ words: 'Internal note', byName: 'Tom Okafor', isPrivate: true, quote: 'Ring Ada first.' }),
    ]
    await run([aRow({ kind: 'promised', dueOn: '2026-11-27', evidence })], {}, { aseTimeZone: 'America/Los_Angeles' })
    await at(/^#4711/)
    const list = within(await screen.findByRole('list', { name: 'How that is known' }))
    const told = list.getAllByRole('listitem').map(({ textContent }) => textContent)
    expect(told).toEqual([
      'Tue 24 Nov, 08:20Mon 23 Nov, 23:20 in Los AngelesOpenedAda Meyer, while Tom Okafor coveredSince last night none of our runners picks up a job.',
      'By Tue 24 Nov, 11:2002:20 in Los AngelesPriority: high → urgentby whom is not known, while nobody covered',
      'Tue 24 Nov, 08:20Mon 23 Nov, 23:20 in Los AngelesInternal noteInternalTom OkaforRing Ada first.',
    ])
    expect(await screen.findByText('By Fri 27 Nov')).toBeTruthy()
    expect(await screen.findByText('Assigned to Tom Okafor')).toBeTruthy()
    expect(await screen.findByText('Assigned to Tom Okafor and open: Marta Lindqvist takes it.')).toBeTruthy()
    const clocks = await screen.findByRole('list', { name: 'What time it is' })
    await expect.poll(() => clocks.textContent).toMatch(/Tue 04:20.*Los Angeles.*Tue 13:20.*Berlin/)
    expect(faultsOfThePage()).toEqual([])
  })

  test('is opened in its own place with o', async () => {
    const opened = await run([aRow()])
    await at(/^#4711/)
    await userEvent.keyboard('o')
    await expect
      .poll(() => inputsOf(opened, 'app.openExternal'))
      .toEqual([{ url: 'https://sample.zendesk.com/agent/tickets/4711' }])
  })

  test('that is followed up asks who and until when, both filled in', async () => {
    const opened = await run([aRow({ ticketId: 4711 }), aRow({ ticketId: 4712, dueOn: '2026-12-03' })])
    await at(/^#4711/)
    await userEvent.keyboard('4')
    const form = within(await screen.findByRole('form', { name: 'Follow up' }))
    expect((await form.findByLabelText<HTMLInputElement>('Until when')).value).toBe('2026-11-25')
    await userEvent.keyboard('{Enter}')
    await at(/^#4712/)
    await userEvent.keyboard('4')
    await screen.findByRole('form', { name: 'Follow up' })
    await userEvent.keyboard('Tom Okafor{Enter}')
    await at('Nothing undecided')
    const decisions = inputsOf(opened, 'returns.decide').map((input) => (input as { decision: unknown }).decision)
    expect(decisions).toEqual([
      { kind: 'follow-up', note: '', owner: 'Marta Lindqvist', dueOn: '2026-11-25' },
      { kind: 'follow-up', note: '', owner: 'Tom Okafor', dueOn: '2026-12-03' },
    ])
    expect(await screen.findByText('Tom Okafor, until Thu 3 Dec')).toBeTruthy()
  })

  test('that is not followed up after all takes the keys again', async () => {
    const opened = await run(someRows(2))
    await at(/^#4711/)
    await userEvent.keyboard('4')
    await screen.findByRole('form', { name: 'Follow up' })
    await userEvent.keyboard('{Escape}5')
    await at(/^#4712/)
    expect(inputsOf(opened, 'returns.decide')).toMatchObject([{ decision: { kind: 'know' } }])
  })
})

describe('a note', () => {
  test('goes with the decision, from the field or after it', async () => {
    const opened = await run(someRows(2))
    await at(/^#4711/)
    await userEvent.keyboard('n')
    await screen.findByLabelText('Note, for the two of you')
    await userEvent.keyboard('1 call, then 5 more{Control>}{Enter}{/Control}')
    await at(/^#4712/)
    await userEvent.keyboard('n')
    await screen.findByLabelText('Note, for the two of you')
    await userEvent.keyboard('Ring Ada{Escape}1')
    await at('Nothing undecided')
    expect(inputsOf(opened, 'returns.decide')).toMatchObject([
      { decision: { kind: 'transfer', note: '1 call, then 5 more' } },
      { decision: { kind: 'keep', note: 'Ring Ada' } },
    ])
  })

  test('is kept over the end of the window, and forgotten once it was decided with', async () => {
    const storage = memoryStorage()
    const state = aReturn(someRows(2))
    const first = await openWindow(state, runPath, storage)
    await at(/^#4711/)
    await userEvent.keyboard('n')
    await screen.findByLabelText('Note, for the two of you')
    await userEvent.keyboard('Half a sen')
    first.close()
    const second = await openWindow(state, runPath, storage)
    await at(/^#4711/)
    await screen.findByText('Half a sen')
    await userEvent.keyboard('5')
    await at(/^#4712/)
    await expect.poll(() => inputsOf(second, 'returns.decide')).toMatchObject([{ decision: { note: 'Half a sen' } }])
    await expect.poll(() => [...storage.kept.keys()].filter((key) => key.includes('note'))).toEqual([])
  })
})

describe('what was decided', () => {
  test('is taken back with u, its row and its note come back', async () => {
    const opened = await run(someRows(3))
    await at(/^#4711/)
    await userEvent.keyboard('n')
    await screen.findByLabelText('Note, for the two of you')
    await userEvent.keyboard('Ring Ada{Escape}1')
    await at(/^#4712/)
    await screen.findByText('2 undecided')
    await userEvent.keyboard('u')
    await at(/^#4711/)
    await screen.findByText('3 undecided')
    await screen.findByText('Ring Ada')
    expect(inputsOf(opened, 'returns.undo')).toEqual([{ coverageId: 'v-fabrikam' }])
    await userEvent.keyboard('u')
    await screen.findByText('Nothing is left to take back.')
  })

  test('is shown at once, and comes back with the reason and the note where it is refused', async () => {
    const opened = await run(someRows(2))
    await at(/^#4711/)
    opened.standIn.state.holding.add('returns.decide')
    opened.standIn.state.refusing.set('returns.decide', 'Something came to this row since you saw it.')
    await userEvent.keyboard('n')
    await screen.findByLabelText('Note, for the two of you')
    await userEvent.keyboard('Ring Ada{Escape}2')
    await at(/^#4712/)
    await screen.findByText('1 undecided')
    opened.standIn.letGo()
    await at(/^#4711/)
    await screen.findByText('Something came to this row since you saw it.')
    await screen.findByText('Ring Ada')
    await screen.findByText('2 undecided')
    opened.standIn.state.refusing.clear()
    await userEvent.keyboard('2')
    await at(/^#4712/)
    await expect.poll(() => listOf(opened).rows[0]?.decided?.decision.note).toBe('Ring Ada')
  })

  test('with a follow-up that is refused keeps who and until when', async () => {
    const opened = await run(someRows(2))
    await at(/^#4711/)
    opened.standIn.state.refusing.set('returns.decide', 'Not now.')
    await userEvent.keyboard('4')
    await screen.findByRole('form', { name: 'Follow up' })
    await userEvent.keyboard('Priya Raman{Enter}')
    await screen.findByText('Not now.')
    await at(/^#4711/)
    expect(await screen.findByDisplayValue('Priya Raman')).toBeTruthy()
  })

  test('does not pull whoever types away from their row where another is refused', async () => {
    const opened = await run(someRows(2))
    await at(/^#4711/)
    opened.standIn.state.holding.add('returns.decide')
    opened.standIn.state.refusing.set('returns.decide', 'Not now.')
    await userEvent.keyboard('1')
    await at(/^#4712/)
    await userEvent.keyboard('n')
    await screen.findByLabelText('Note, for the two of you')
    await userEvent.keyboard('Ring')
    opened.standIn.letGo()
    await screen.findByText('#4711 was not decided.')
    expect(document.activeElement?.tagName).toBe('TEXTAREA')
    await screen.findByText('2 undecided')
  })

  test('while the connection is lost waits in sight, and goes on by itself', async () => {
    const opened = await run(someRows(3))
    await at(/^#4711/)
    opened.standIn.cut()
    await screen.findByText(/^The connection to Understudy is lost/)
    await userEvent.keyboard('15')
    await at(/^#4713/)
    await screen.findByText('2 decisions wait for the connection, and go out by themselves.')
    opened.standIn.restore()
    await expect
      .poll(() => listOf(opened).rows.map(({ decided: of }) => of?.decision.kind))
      .toEqual(['keep', 'know', undefined])
    await screen.findByText('1 undecided')
  })

  test('as the connection breaks under it is asked again', async () => {
    const opened = await run(someRows(2))
    await at(/^#4711/)
    opened.standIn.state.holding.add('returns.decide')
    await userEvent.keyboard('1')
    await expect.poll(() => inputsOf(opened, 'returns.decide')).toHaveLength(1)
    opened.standIn.cut()
    await screen.findByText('1 decision waits for the connection, and goes out by itself.')
    opened.standIn.letGo()
    opened.standIn.restore()
    await expect.poll(() => listOf(opened).rows[0]?.decided?.decision.kind).toBe('keep')
    await at(/^#4712/)
    await screen.findByText('1 undecided')
  })
})

describe('the list changes under one’s hands', () => {
  const change = (opened: OpenedWindow, rows: MeetingRow[]) => {
    listOf(opened).rows = rows
    opened.standIn.publish('tickets', [])
  }

  test('new rows come in their order and raise the count, and the place is held', async () => {
    const rows = someRows(2)
    const opened = await run(rows)
    await userEvent.keyboard('j')
    await at(/^#4712/)
    change(opened, [aRow({ kind: 'emergency', ticketId: 4800 }), ...rows])
    await screen.findByText('3 undecided')
    await screen.findByText('1 row came to the list.')
    await at(/^#4712/)
    await userEvent.keyboard('kk')
    await at(/^#4800/)
  })

  test('a row that changes says so, and is decided as it is then', async () => {
    const [first, ...others] = someRows(2)
    if (!first) throw new Error('no row')
    const opened = await run([first, ...others])
    await at(/^#4711/)
    change(opened, [{ ...first, state: 's2', words: 'Opened, and escalated' }, ...others])
    await screen.findByText('Changed just now')
    await userEvent.keyboard('1')
    await at(/^#4712/)
    expect(inputsOf(opened, 'returns.decide')).toMatchObject([{ state: 's2' }])
  })

  test('a row that was decided and changes is open again, and one key leaves it at that', async () => {
    const rows = someRows(2)
    const opened = await run(rows)
    await at(/^#4711/)
    await userEvent.keyboard('1')
    await screen.findByText('1 undecided')
    await expect.poll(() => listOf(opened).rows[0]?.decided).toBeTruthy()
    change(opened, [
      ...listOf(opened)
        .rows.slice(0, 1)
        .map((row) => ({ ...row, state: 's2', decided: row.decided && { ...row.decided, changed: true } })),
      ...rows.slice(1),
    ])
    await screen.findByText('1 row changed since the decision, and is open again.')
    await screen.findByText('2 undecided')
    await userEvent.keyboard('k')
    await screen.findByText('Changed since it was decided: Keep.')
    await userEvent.keyboard('{Enter}')
    await screen.findByText('1 undecided')
    expect(inputsOf(opened, 'returns.decide')).toMatchObject([
      { state: 's1', decision: { kind: 'keep' } },
      { state: 's2', decision: { kind: 'keep' } },
    ])
  })

  test('a row that leaves says so and makes way, what was decided of it stays in sight', async () => {
    const [first, ...others] = someRows(3)
    if (!first) throw new Error('no row')
    const opened = await run([first, ...others])
    await at(/^#4711/)
    listOf(opened).past = [aDecided(first)]
    change(opened, others)
    await at(/^#4712/)
    await screen.findByText(/^#4711 .* is not on the list any more\.$/)
    await screen.findByText('2 undecided')
    expect(await screen.findByText('Decided, and not on the list any more')).toBeTruthy()
  })

  test('a row that leaves while somebody types stays until they go on', async () => {
    const [first, ...others] = someRows(2)
    if (!first) throw new Error('no row')
    const opened = await run([first, ...others])
    await at(/^#4711/)
    await userEvent.click(await screen.findByRole('searchbox'))
    change(opened, others)
    await screen.findByText(/^This row is not on the list any more/)
    await userEvent.keyboard('{Escape}1')
    await at(/^#4711/)
    expect(inputsOf(opened, 'returns.decide')).toEqual([])
    await userEvent.click(await screen.findByRole('button', { name: 'Go on' }))
    await at(/^#4712/)
  })
})

describe('while it runs', () => {
  test('alerts are held, and released by the pause; it is taken up again where it stood', async () => {
    const opened = await run(someRows(3))
    await at(/^#4711/)
    await screen.findByText('Alerts wait until you leave; none does yet')
    await userEvent.keyboard('j')
    await at(/^#4712/)
    await expect.poll(() => listOf(opened)).toMatchObject({ running: true, at: 'ticket:4712/new' })
    expect(screen.queryByRole('navigation', { name: 'Screens' })).toBeNull()
    await userEvent.keyboard('{Escape}')
    await expect.poll(opened.path).toBe('/return')
    await expect.poll(() => inputsOf(opened, 'alerts.hold')).toEqual([{ meeting: true }, { meeting: false }])
    await expect.poll(() => listOf(opened)).toMatchObject({ running: false, at: 'ticket:4712/new' })
    await userEvent.click(await screen.findByRole('link', { name: /Fabrikam Health$/ }))
    await at(/^#4712/)
    await expect.poll(() => inputsOf(opened, 'alerts.hold')).toHaveLength(3)
  })

  test('alerts that come all the same can be held', async () => {
    const opened = await run(someRows(1))
    await screen.findByText('Alerts wait until you leave; none does yet')
    opened.standIn.state.quiet = { reason: 'none', until: null, words: 'Alerts are announced as they come.', held: 0 }
    opened.standIn.publish('alerts')
    await userEvent.click(await screen.findByRole('button', { name: 'Hold them' }))
    await screen.findByText('Alerts wait until you leave; none does yet')
  })

  test('what is private is hidden and shown with p, notes too', async () => {
    const evidence = [anEvidence(), anEvidence({ words: 'Internal note', quote: 'canary-quote', isPrivate: true })]
    const decision = { kind: 'keep' as const, ...plain, note: 'canary-note' }
    const opened = await run([decided(aRow({ evidence }), { decision }), aRow({ ticketId: 4712 })], {
      at: 'ticket:4711/new',
    })
    await at(/^#4711/)
    await screen.findByText('canary-note')
    await screen.findByText('canary-quote')
    await userEvent.keyboard('p')
    await screen.findByText('1 hidden')
    await screen.findByText('A note is kept with it.')
    expect(document.body.textContent).not.toContain('canary')
    await userEvent.keyboard('n')
    await screen.findByText(/^Notes are hidden with what is private/)
    // It is decided anew with the note all the same.
    await userEvent.keyboard('2')
    await at(/^#4712/)
    expect(inputsOf(opened, 'returns.decide')).toMatchObject([{ decision: { kind: 'transfer', note: 'canary-note' } }])
    await userEvent.keyboard('kp')
    await screen.findByText('canary-quote')
  })

  test('only a browser offers another window', async () => {
    const desktop = await openWindow({ ...aReturn(someRows(1)), status: aStatus({ host: 'desktop' }) }, runPath)
    await at(/^#4711/)
    expect(screen.queryByRole('link', { name: 'Second screen' })).toBeNull()
    desktop.close()
    await openWindow({ ...aReturn(someRows(1)), status: aStatus({ host: 'web' }) }, runPath)
    const link = await screen.findByRole('link', { name: 'Second screen' })
    expect(link.getAttribute('href')).toMatch(/return\/v-fabrikam\/screen$/)
  })
})

describe('a list that stands still', () => {
  test('is looked at without being decided, and no alert waits for it', async () => {
    const rows = someRows(2).map((row) => decided(row))
    const opened = await run(rows, {}, { stage: 'wrap-up' })
    await at('Nothing undecided')
    await userEvent.keyboard('k')
    await at(/^#4712/)
    await screen.findByText('Decided: Keep')
    await userEvent.keyboard('2')
    expect(screen.queryByRole('group', { name: 'Decide' })).toBeNull()
    await userEvent.keyboard('j')
    await userEvent.click(await screen.findByRole('button', { name: 'Open the list again' }))
    await screen.findByRole('button', { name: /^Go on to transfers/ })
    expect(inputsOf(opened, 'returns.settle')).toEqual([{ coverageId: 'v-fabrikam', settled: false }])
    expect(inputsOf(opened, 'returns.decide')).toEqual([])
    await expect.poll(() => inputsOf(opened, 'alerts.hold')).toEqual([{ meeting: true }])
  })

  test('that cannot be closed says why', async () => {
    const opened = await run(someRows(1).map((row) => decided(row)))
    await at('Nothing undecided')
    opened.standIn.state.refusing.set('returns.settle', '1 row is undecided. Decide what is left first.')
    await userEvent.keyboard('{Enter}')
    await screen.findByText('1 row is undecided. Decide what is left first.')
    expect(opened.path()).toBe(runPath)
  })

  test('that is not there says so, and Escape leads back', async () => {
    const opened = await openWindow({ returnMeetings: [] }, runPath)
    await screen.findByRole('heading', { name: 'This meeting is not here' })
    await userEvent.keyboard('{Escape}')
    await expect.poll(opened.path).toBe('/return')
  })
})

test('every row of the list fits into 1024 × 640', async () => {
  await page.viewport(1024, 640)
  await run([aRow({ kind: 'contingency-fired', subject: 'x'.repeat(300), words: 'y'.repeat(300) }), ...someRows(40)])
  await at(/^#4711/)
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1024)
  for (const element of document.querySelectorAll('main *')) {
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX)
    if (scrolls) expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth)
  }
  expect((await said()).length).toBeGreaterThan(0)
})
