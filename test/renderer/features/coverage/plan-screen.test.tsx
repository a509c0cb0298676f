import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { PlanDetail, PlanFinding } from '#contract/plans.ts'
import { dayMs, hourMs, now } from '../../support/fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { berlin } from '../../support/coverage-fixtures.ts'
import { aPlan, aPlanEntry, aWhatIf, myPlan } from '../../support/plan-fixtures.ts'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

describe('a plan', () => {
  test('says when in both zones, which accounts, and that nothing changes hands until somebody accepts', async () => {
    await openPlan(aPlan({ aseTimeZone: 'Asia/Kolkata' }))
    const absence = await screen.findByRole('region', { name: 'Absence' })
    expect(absence.textContent).toContain('Mon 7 Dec, 00:00 – Sat 19 Dec, 00:00 your time')
    expect(absence.textContent).toContain('in Kolkata (GMT+5:30) Mon 7 Dec, 04:30 – Sat 19 Dec, 04:30')
    expect(absence.textContent).toContain('Fabrikam Health')
    expect(await screen.findByText('Nothing changes hands yet.')).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('shows each finding beside what it is about', async () => {
    const finding = (changes: Partial<PlanFinding>): PlanFinding => ({
      kind: 'cover-away',
      weight: 'warning',
      accountId: 2,
      entryIds: [],
      startsAt: 0,
      endsAt: 1,
      words: '',
      ...changes,
    })
    const findings = [
      finding({ kind: 'too-many', weight: 'missing', accountId: null, words: 'Five at once.' }),
      finding({ kind: 'gap', weight: 'missing', words: 'Nobody on Tuesday.' }),
      finding({ entryIds: ['e1'], words: 'Tom has Monday off.' }),
    ]
    await openPlan(aPlan({ findings }))
    const account = await screen.findByRole('group', { name: 'Fabrikam Health' })
    expect(account.textContent).not.toContain('Five at once.')
    expect(screen.getByRole('region', { name: 'Who covers' }).textContent).toContain('Missing: Five at once.')
    expect(account.textContent).toContain('Missing: Nobody on Tuesday.')
    const entry = screen.getByText('To know:').closest('li')?.parentElement?.closest('li')
    expect(entry?.textContent).toContain('Tom Okafor')
  })

  test('is changed in place: times by the clock of the ASE, and which accounts', async () => {
    const { standIn } = await openPlan(aPlan({ aseId: 20, aseTimeZone: 'Asia/Kolkata' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Change' }))
    const form = within(screen.getByRole('form', { name: 'Change the absence' }))
    expect(form.getByLabelText<HTMLInputElement>('From').value).toBe('2026-12-07T04:30')
    expect(document.activeElement).toBe(form.getByLabelText('From'))
    await userEvent.fill(form.getByLabelText('Until'), '2026-12-20T18:00')
    await userEvent.click(form.getByLabelText('Northwind Logistics'))
    await userEvent.click(form.getByRole('button', { name: 'Save' }))
    await expect
      .poll(() => inputsOf(standIn, 'plans.change'))
      .toEqual([{ planId: 'p-marta', startsAt: '2026-12-07T04:30', endsAt: '2026-12-20T18:00', accountIds: [2, 1] }])
    expect(await screen.findByText('Nobody is planned for it yet.')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Change' }))
  })

  test('that is deleted can be brought back', async () => {
    const { path } = await openPlan()
    await userEvent.click(await screen.findByRole('button', { name: 'Delete' }))
    await expect.poll(path).toBe('/coverage')
    const toast = within(await screen.findByRole('dialog', { name: 'The plan for Marta Lindqvist is deleted' }))
    expect(screen.queryByText('Marta Lindqvist away')).toBeNull()
    await userEvent.click(toast.getByRole('button', { name: 'Undo' }))
    await expect.poll(path).toBe('/coverage/plans/p-marta')
    expect(await screen.findByRole('heading', { level: 1, name: 'Marta Lindqvist away' })).toBeTruthy()
  })

  test('that is not here any more says so', async () => {
    await openWindow({}, '/coverage/plans/p-gone')
    expect(await screen.findByText('This plan is not here')).toBeTruthy()
  })

  test('follows changes without being asked', async () => {
    const { standIn } = await openPlan()
    await screen.findByRole('region', { name: 'Absence' })
    standIn.state.plans = [aPlan({ entries: [], findings: [] })]
    standIn.publish('coverage', ['p-marta'])
    expect(await screen.findByText('Nothing changes hands.')).toBeTruthy()
  })

  test('shows what a pod asks for where the rules have pods', async () => {
    const pod = { out: 2, words: 'Wait for a volunteer.', volunteerWords: 'Volunteers answer soon.', source: 'Pods' }
    await openPlan(aPlan({ pod }))
    expect((await screen.findByRole('region', { name: 'Your coverage pod' })).textContent).toContain(
      '2 of it are out. Wait for a volunteer.',
    )
  })
})

describe('who covers', () => {
  test('is added for the stretch that nobody covers', async () => {
    const { standIn } = await openPlan()
    await userEvent.click(await screen.findByRole('button', { name: 'Add a covering engineer for Fabrikam Health' }))
    const form = within(screen.getByRole('form', { name: 'Who covers Fabrikam Health' }))
    expect(form.getByLabelText<HTMLInputElement>('From').value).toBe('2026-12-12T00:00')
    expect(form.queryByRole('option', { name: 'Marta Lindqvist' })).toBeNull()
    await userEvent.selectOptions(form.getByLabelText('Covering engineer'), 'Ines Duarte')
    await userEvent.click(form.getByRole('button', { name: 'Add' }))
    const times = { startsAt: '2026-12-12T00:00', endsAt: '2026-12-19T00:00' }
    await expect
      .poll(() => inputsOf(standIn, 'plans.putEntry'))
      .toEqual([{ planId: 'p-marta', accountId: 2, coverId: 23, ...times }])
    expect(await screen.findByText('Not asked yet')).toBeTruthy()
    expect(screen.queryByText('Missing:')).toBeNull()
  })

  test('is chosen knowing what it would mean for them, with what else they were asked for', async () => {
    const [week] = aWhatIf().weeks
    const shares = {
      before: { value: 0, words: '5 days at 75 %' },
      after: { value: 0, words: '5 days at 50 %' },
    }
    const entries = [aPlanEntry({ id: 'e4', coverId: 23, coverName: 'Ines Duarte', mine: false })]
    const whatIf = aWhatIf({ weeks: week ? [{ ...week, ...shares, baseline: 0 }] : [] })
    const { standIn } = await openPlan(aPlan({ entries }), { whatIf })
    await userEvent.click(await screen.findByRole('button', { name: /^Add a covering engineer/ }))
    await userEvent.selectOptions(screen.getByLabelText('Covering engineer'), 'Ines Duarte')
    expect(inputsOf(standIn, 'plans.whatIf')).toEqual([])
    await userEvent.click(screen.getByText('What it would mean for Ines Duarte'))
    const meaning = await screen.findByRole('group', { name: 'What saying yes would mean for Ines Duarte' })
    expect(meaning.textContent).toContain('Ines Duarte’s other ticket work')
    expect(meaning.textContent).toContain('Now 5 days at 75 %')
    expect(meaning.textContent).not.toContain('tickets →')
    const window = { accountId: 2, startsAt: berlin(12, 12), endsAt: berlin(12, 19) }
    const other = { accountId: 2, startsAt: berlin(12, 7), endsAt: berlin(12, 12) }
    expect(inputsOf(standIn, 'plans.whatIf')).toEqual([{ coverId: 23, windows: [window, other] }])
  })

  test('may be any agent of Zendesk, found by name', async () => {
    const { standIn } = await openPlan()
    await userEvent.click(await screen.findByRole('button', { name: /^Add a covering engineer/ }))
    await userEvent.selectOptions(screen.getByLabelText('Covering engineer'), 'Another agent…')
    await userEvent.keyboard('prit')
    await userEvent.click(await screen.findByRole('option', { name: 'Pritam Das' }))
    await userEvent.click(screen.getByRole('button', { name: 'Add' }))
    await expect.poll(() => inputsOf(standIn, 'plans.putEntry')).toEqual([expect.objectContaining({ coverId: 22 })])
  })

  test('is changed in place, and what was agreed has to be asked anew', async () => {
    const { standIn } = await openPlan()
    await userEvent.click(await screen.findByRole('button', { name: 'Change Tom Okafor for Fabrikam Health' }))
    expect(await screen.findByText(/this has to be asked anew/)).toBeTruthy()
    await userEvent.fill(screen.getByLabelText('Until'), '2026-12-10T17:00')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    await expect
      .poll(() => inputsOf(standIn, 'plans.putEntry'))
      .toEqual([expect.objectContaining({ entryId: 'e1', endsAt: '2026-12-10T17:00' })])
  })

  test('is refused near the form, which keeps what was entered', async () => {
    const words = 'Ines Duarte is away on these days.'
    await openPlan(aPlan(), { refusing: new Map([['plans.putEntry', words]]) })
    await userEvent.click(await screen.findByRole('button', { name: /^Add a covering engineer/ }))
    const form = within(screen.getByRole('form', { name: 'Who covers Fabrikam Health' }))
    await userEvent.selectOptions(form.getByLabelText('Covering engineer'), 'Ines Duarte')
    await userEvent.click(form.getByRole('button', { name: 'Add' }))
    expect((await form.findByRole('alert')).textContent).toBe(words)
    expect(form.getByLabelText<HTMLSelectElement>('Covering engineer').value).toBe('23')
  })

  test('is taken away', async () => {
    const { standIn } = await openPlan()
    await userEvent.click(await screen.findByRole('button', { name: 'Remove Tom Okafor for Fabrikam Health' }))
    expect(await screen.findByText('Nobody is planned for it yet.')).toBeTruthy()
    expect(inputsOf(standIn, 'plans.removeEntry')).toEqual([{ planId: 'p-marta', entryId: 'e1' }])
  })

  test('is asked by a message that Understudy does not send, and then marked as asked', async () => {
    const { standIn } = await openPlan(myPlan())
    const ask = within(await screen.findByRole('region', { name: 'To be asked' }))
    expect(ask.getByLabelText('message to Priya Raman').textContent).toContain(
      'Hi Priya, I am away from Mon 21 Dec, 17:00 to Mon 4 Jan, 09:00.',
    )
    expect(ask.getByRole('link', { name: 'Write it as an e-mail' }).getAttribute('href')).toMatch(/^mailto:\?subject=/)
    await userEvent.click(ask.getByRole('button', { name: 'Mark Priya Raman as asked' }))
    await expect.poll(() => screen.queryByRole('region', { name: 'To be asked' })).toBeNull()
    expect(inputsOf(standIn, 'plans.ask')).toEqual([{ planId: 'p-mine', entryIds: ['e9'] }])
  })

  test('gave an answer in words, which is recorded with them', async () => {
    const [entry] = myPlan().entries
    const asked = { state: 'asked' as const, at: now - dayMs, byName: 'Tom Okafor', words: null }
    const { standIn } = await openPlan(myPlan({ entries: entry ? [{ ...entry, request: asked }] : [] }))
    await userEvent.click(await screen.findByRole('button', { name: /^Record the answer of Priya Raman/ }))
    await userEvent.fill(screen.getByLabelText('What Priya Raman said'), 'Only if Ines takes Monday')
    await userEvent.click(screen.getByRole('button', { name: 'Decline' }))
    expect(await screen.findByText('Declined')).toBeTruthy()
    expect(await screen.findByText(/“Only if Ines takes Monday”/)).toBeTruthy()
    expect(inputsOf(standIn, 'plans.answer')).toEqual([
      { planId: 'p-mine', entryId: 'e9', answer: 'decline', words: 'Only if Ines takes Monday' },
    ])
  })
})

describe('the checklist', () => {
  test('stands by day, says what is late, and ticks', async () => {
    const { standIn } = await openPlan()
    const list = within(await screen.findByRole('region', { name: 'Checklist' }))
    const steps = list.getAllByRole('listitem').map((step) => step.textContent)
    expect(steps[0]).toMatch(/^Find somebody.*by Mon 23 NovLate$/)
    expect(steps[1]).toMatch(/^Review each account.*by Mon 30 Nov$/)
    const [byItself, review] = list.getAllByRole<HTMLInputElement>('checkbox')
    expect(byItself?.disabled).toBe(true)
    await userEvent.click(review as HTMLElement)
    await expect.poll(() => review?.checked).toBe(true)
    expect(inputsOf(standIn, 'plans.tick')).toEqual([{ planId: 'p-marta', stepId: 'review', done: true }])
  })
})

describe('a conflict', () => {
  test('shows both sides with who and when, and one is chosen', async () => {
    const conflict = {
      field: 'entries.e1.endsAt',
      about: 'Until when Fabrikam Health is covered',
      sides: [
        { words: 'Fri 11 Dec, 17:00', byName: 'Marta Lindqvist', at: now - dayMs },
        { words: 'Thu 10 Dec, 17:00', byName: null, at: now - hourMs },
      ],
    }
    const { standIn } = await openPlan(aPlan({ conflicts: [conflict] }))
    const region = within(await screen.findByRole('region', { name: 'Changed on both sides' }))
    expect(await region.findByText(/^Marta Lindqvist, Monday,? 23 November/)).toBeTruthy()
    await userEvent.click(region.getByRole('button', { name: `${conflict.about}: keep what somebody wrote, 2 of 2` }))
    await expect.poll(() => screen.queryByRole('region', { name: 'Changed on both sides' })).toBeNull()
    expect(inputsOf(standIn, 'plans.resolve')).toEqual([{ planId: 'p-marta', field: conflict.field, side: 1 }])
  })
})

describe('handing over', () => {
  test('shows the Markdown to copy and says that nothing of a ticket is in it', async () => {
    const { standIn } = await openPlan()
    await userEvent.click(await screen.findByRole('button', { name: 'Hand over…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Hand the plan over' }))
    expect((await dialog.findByLabelText('plan as Markdown')).textContent).toContain('# Marta Lindqvist is away')
    expect(await dialog.findByText(/nothing of any ticket/)).toBeTruthy()
    expect(inputsOf(standIn, 'plans.export')).toEqual([{ planId: 'p-marta', as: 'markdown' }])
  })

  test('saves the file under the name the service gave it', async () => {
    const saved: string[] = []
    const watch = (event: Event) => {
      const link = event.target
      if (!(link instanceof HTMLAnchorElement) || !link.download) return
      event.preventDefault()
      saved.push(link.download)
    }
    // The link is never on the page, so its click is heard on its own prototype only.
    const click = HTMLAnchorElement.prototype.click
    HTMLAnchorElement.prototype.click = function () {
      this.addEventListener('click', watch)
      click.call(this)
    }
    await openPlan()
    await userEvent.click(await screen.findByRole('button', { name: 'Hand over…' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Save as a file' }))
    await expect.poll(() => saved).toEqual(['coverage-p-marta.json'])
    await userEvent.click(screen.getByRole('button', { name: 'Save as Markdown' }))
    await expect.poll(() => saved).toEqual(['coverage-p-marta.json', 'coverage-p-marta.md'])
    HTMLAnchorElement.prototype.click = click
  })

  test('the other way round shows what would change before it does', async () => {
    const { standIn, path } = await openWindow({}, '/coverage')
    await screen.findByRole('grid')
    await userEvent.keyboard('i')
    const dialog = within(await screen.findByRole('dialog', { name: 'Take in a plan' }))
    await userEvent.fill(dialog.getByLabelText('The plan'), 'nonsense')
    await userEvent.click(dialog.getByRole('button', { name: 'Show what changes' }))
    expect((await dialog.findByRole('alert')).textContent).toMatch(/^This is no plan of Understudy/)
    await userEvent.fill(dialog.getByLabelText('The plan'), '# plan p-marta')
    expect(dialog.queryByRole('alert')).toBeNull()
    await userEvent.click(dialog.getByRole('button', { name: 'Show what changes' }))
    expect(await dialog.findByText('Fabrikam Health: Tom Okafor accepted.')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Take it in' }))
    await expect.poll(path).toBe('/coverage/plans/p-marta')
    expect(inputsOf(standIn, 'plans.import').map((input) => (input as { apply: boolean }).apply)).toEqual([
      false,
      false,
      true,
    ])
  })
})

test.each([
  [1280, 800],
  [1024, 640],
])('fits into %i × %i without scrolling sideways', async (width, height) => {
  await page.viewport(width, height)
  await openPlan(aPlan({ aseTimeZone: 'Asia/Kolkata' }))
  await screen.findByRole('group', { name: 'What saying yes would mean' })
  await userEvent.click(screen.getByRole('button', { name: 'Accept a part…' }))
  await userEvent.click(screen.getByRole('button', { name: /^Change Tom Okafor/ }))
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
  const wide = [...document.querySelectorAll('main *')].filter(
    (element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth,
  )
  expect(wide.map((element) => element.className)).toEqual([])
})

async function openPlan(plan: PlanDetail = aPlan(), state: Partial<StandInState> = {}): Promise<OpenedWindow> {
  return openWindow({ plans: [plan], ...state }, `/coverage/plans/${plan.id}`)
}

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}
