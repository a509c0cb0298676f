import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { GuidanceStep, TicketGuidance } from '#contract/guidance.ts'
import { aQueue, dayMs, hourMs, now } from '../../support/fixtures.ts'
import { aGuidance, aGuidancePerson } from '../../support/guidance-fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const source = 'Handbook, New emergency tickets'
const ccMe: GuidanceStep = {
  id: 'cc-me',
  kind: 'change',
  words: 'Put yourself on Cc',
  source,
  intent: { kind: 'add-cc', ticketId: 4711 },
  done: false,
}
const assign: GuidanceStep = {
  id: 'assign-ase',
  kind: 'change',
  words: 'Assign it to Priya Raman',
  source,
  intent: { kind: 'assign', ticketId: 4711, assigneeId: 20 },
  done: false,
}
const leave: GuidanceStep = { id: 'leave-ase', kind: 'do', words: 'Leave Priya Raman as the assignee', source }

const inputsOf = (calls: readonly { readonly path: string; readonly input: unknown }[], path: string) =>
  calls.filter((call) => call.path === path).map(({ input }) => input)

async function openTicket(guidance: Partial<TicketGuidance>, changes: Partial<StandInState> = {}, id = 4711) {
  const opened = await openWindow({ ...changes, guidance: new Map([[id, guidance]]) }, `/today/ticket/${id}`)
  const panel = within(await screen.findByRole('complementary', { name: `Ticket ${id}` }))
  return { ...opened, advice: within(await panel.findByRole('region', { name: 'What to do' })) }
}

describe('what to do', () => {
  test('has its steps: a change is shown before it is sent, by button or by number', async () => {
    const { standIn, advice } = await openTicket({ steps: [leave, ccMe, assign] })
    await advice.findByText('Leave Priya Raman as the assignee')
    await userEvent.click(advice.getByRole('button', { name: 'Put yourself on Cc' }))
    await screen.findByRole('dialog', { name: 'Put yourself on Cc: #4711' })
    await expect.poll(() => document.activeElement?.textContent).toBe('Send')
    expect(faultsOfThePage()).toEqual([])
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => inputsOf(standIn.calls, 'outbox.send'))
      .toMatchObject([{ orders: [{ intent: { kind: 'add-cc', ticketId: 4711 } }] }])
    await expect.poll(() => screen.queryByRole('dialog', { name: 'Put yourself on Cc: #4711' })).toBeNull()
    await userEvent.keyboard('3')
    expect(await screen.findByRole('dialog', { name: 'Assign it to Priya Raman: #4711' })).toBeTruthy()
  })

  test('says of a change that is so already that it is done', async () => {
    const { advice } = await openTicket({ steps: [{ ...ccMe, done: true }] })
    expect(await advice.findByText('Put yourself on Cc: done')).toBeTruthy()
    expect(advice.queryByRole('button', { name: /Cc/ })).toBeNull()
  })

  test('has texts to copy', async () => {
    const text = '@praman emergency from Northwind'
    const { advice } = await openTicket({
      steps: [{ id: 'ping-ase', kind: 'copy', words: 'Ping Priya', source, text }],
    })
    expect((await advice.findByLabelText('the text: Ping Priya')).textContent).toBe(text)
    await userEvent.keyboard('1')
    expect(await advice.findByText(/^Copied|^Selected/)).toBeTruthy()
  })
})

describe('when the ASE is next online', () => {
  test('is said in both zones, and that the clock ends before that', async () => {
    const { advice } = await openTicket({ ase: aGuidancePerson(), breachesFirst: true })
    expect(await advice.findByText('Breaches before Priya Raman is online.')).toBeTruthy()
    expect(
      advice.getByText(
        /Priya Raman is next online Thu 26 Nov, 13:20 your time; in New York \(.*\) Thu 26 Nov, 07:20\./,
      ),
    ).toBeTruthy()
  })

  test('is in time for a clock that lasts, and not known where nobody knows', async () => {
    const first = await openTicket({ ase: aGuidancePerson({ state: 'off', onlineAt: now + hourMs }) })
    expect(await first.advice.findByText(/In time for the clock\./)).toBeTruthy()
    first.close()
    const second = await openTicket({ ase: aGuidancePerson({ onlineAt: null }), breachesFirst: true })
    expect(await second.advice.findByText(/When Priya Raman is next online is not known\./)).toBeTruthy()
  })
})

describe('a ticket from before the ASE', () => {
  const choice: GuidanceStep = {
    id: 'record-choice',
    kind: 'choice',
    words: 'What the customer chose',
    source,
    choice: null,
  }

  test('keeps what the customer chose', async () => {
    const { standIn, advice } = await openTicket({ steps: [choice], ase: aGuidancePerson({ name: 'Dana' }) })
    const choices = within(await advice.findByRole('group', { name: 'What the customer chose' }))
    expect(choices.getByRole('button', { name: 'Not asked yet' }).getAttribute('aria-pressed')).toBe('true')
    await userEvent.click(choices.getByRole('button', { name: 'Dana' }))
    await expect.poll(() => choices.getByRole('button', { name: 'Dana' }).getAttribute('aria-pressed')).toBe('true')
    expect(inputsOf(standIn.calls, 'guidance.setChoice')).toEqual([{ ticketId: 4711, choice: 'ase' }])
  })

  test('is handed over with a note of its history, which is shown first', async () => {
    const text = 'Handover to Dana\n\n{history}\n\n{expectations}\n\n{facts}'
    const { standIn, advice } = await openTicket({
      steps: [{ id: 'handover-note', kind: 'handover', words: 'Write the handover note', source, text }],
    })
    await userEvent.click(await advice.findByRole('button', { name: 'Write the handover note' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Handover note on #4711' }))
    expect(await dialog.findByText(/at least the history/)).toBeTruthy()
    await userEvent.fill(dialog.getByLabelText('History'), 'Runners re-registered. {facts}')
    await expect
      .poll(() => inputsOf(standIn.calls, 'outbox.preview').at(-1))
      .toMatchObject({
        intents: [
          {
            kind: 'internal-note',
            body: 'Handover to Dana\n\nRunners re-registered. {facts}\n\nNothing to add.\n\nNothing to add.',
          },
        ],
      })
    expect(faultsOfThePage()).toEqual([])
  })
})

describe('an emergency', () => {
  const row = aQueue().find(({ emergency }) => emergency)
  const emergencyId = row?.id ?? 0

  test('has its brief behind one key: people, open tickets, events, similar ones; the same key leads back', async () => {
    await openTicket({}, {}, emergencyId)
    await userEvent.keyboard('b')
    const brief = within(await screen.findByRole('region', { name: /^Brief: / }))
    expect(await brief.findByText(/@praman · Away\. Priya Raman is next online/)).toBeTruthy()
    expect(await brief.findByText('Tom Okafor')).toBeTruthy()
    expect(brief.getByRole('region', { name: 'Other open tickets (1)' }).textContent).toContain(
      'Merge requests show 500',
    )
    expect(brief.getByRole('region', { name: 'Last events' }).textContent).toContain('Ada Meyer wrote a reply')
    expect(brief.getByRole('region', { name: 'Solved ones like it' }).textContent).toContain('shares: gitaly, down')
    expect(await brief.findByText(/not written down yet/)).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
    await userEvent.keyboard('b')
    expect(await screen.findByRole('region', { name: 'What to do' })).toBeTruthy()
  })

  test('shows contacts and environment where they are written down', async () => {
    const contact = { name: 'Rosa', role: 'Platform lead', reach: 'rosa@x', howToWork: 'calls first', important: true }
    const desk = {
      contacts: [{ ...contact, side: 'customer' as const }],
      environment: [{ field: 'gitaly' as const, name: 'Gitaly', text: 'three nodes' }],
      environmentNote: '',
      slackChannel: '#northwind',
      slackUrl: null,
    }
    await openTicket({}, { brief: { desk } }, emergencyId)
    await userEvent.keyboard('b')
    expect((await screen.findByRole('region', { name: 'Contacts' })).textContent).toBe(
      'ContactsRosa · Platform lead · rosa@x · calls first',
    )
    expect(screen.getByRole('region', { name: 'Environment' }).textContent).toBe('EnvironmentGitaly: three nodes')
  })

  test('leads to the account’s channel in Slack beside the ping, where it is known how to get there', async () => {
    const ping: GuidanceStep = { id: 'ping-ase', kind: 'copy', words: 'Ping Priya', source, text: '@praman emergency' }
    const slackUrl = 'https://northwind.slack.com/app_redirect?channel=northwind'
    const desk = { contacts: [], environment: [], environmentNote: '', slackChannel: '#northwind', slackUrl }
    if (!row) throw new Error('no emergency')
    const brief = { desk, guidance: aGuidance(row, { steps: [ping] }) }
    const { standIn } = await openTicket({}, { brief }, emergencyId)
    await userEvent.keyboard('b')
    await screen.findByRole('button', { name: 'Copy the text: Ping Priya' })
    expect(await screen.findByText('The customer reads it too.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Open the account’s channel in Slack' }))
    await expect.poll(() => inputsOf(standIn.calls, 'app.openExternal')).toEqual([{ url: slackUrl }])
  })

  test('gets its Slack conversation as an internal note: who, when, what', async () => {
    const capture: GuidanceStep = {
      id: 'capture',
      kind: 'capture',
      words: 'Capture the Slack conversation',
      source,
      text: 'From Slack:\n\n{conversation}',
    }
    const { standIn, advice } = await openTicket({ steps: [capture] })
    await userEvent.click(await advice.findByRole('button', { name: 'Capture the Slack conversation' }))
    const dialog = within(await screen.findByRole('dialog', { name: /^Capture/ }))
    await userEvent.fill(dialog.getByLabelText('Conversation'), 'Ana Torres\n  2:05 PM\nAll nodes are down.\n2 replies')
    await expect
      .poll(() => inputsOf(standIn.calls, 'outbox.preview').at(-1))
      .toMatchObject({
        intents: [{ kind: 'internal-note', body: 'From Slack:\n\n14:05 Ana Torres: All nodes are down.' }],
      })
  })
})

test('covered tickets that went astray are on Today, with the change that mends each', async () => {
  const { standIn } = await openWindow({
    guarded: [
      {
        ticketId: 4711,
        subject: 'Runners stay offline',
        accountName: 'Northwind Logistics',
        lost: 'assignee',
        words: 'Assigned to Out Of Office instead of Priya Raman.',
        at: now - dayMs,
        repair: { kind: 'assign', ticketId: 4711, assigneeId: 20 },
        repairWords: 'Assign back to Priya Raman',
      },
    ],
  })
  const strip = within(await screen.findByRole('region', { name: 'Covered tickets that went astray' }))
  expect(await strip.findByText(/Assigned to Out Of Office instead of Priya Raman\. 1 day ago/)).toBeTruthy()
  await userEvent.click(strip.getByRole('button', { name: 'Assign back to Priya Raman' }))
  await screen.findByRole('dialog', { name: 'Assign back to Priya Raman: #4711' })
  await expect.poll(() => document.activeElement?.textContent).toBe('Send')
  await userEvent.keyboard('{Enter}')
  expect(await strip.findByRole('button', { name: 'On its way' })).toHaveProperty('disabled', true)
  expect(inputsOf(standIn.calls, 'outbox.send')).toMatchObject([
    { orders: [{ intent: { kind: 'assign', ticketId: 4711, assigneeId: 20 } }] },
  ])
  standIn.state.guarded = []
  standIn.publish('tickets')
  await expect.poll(() => screen.queryByRole('region', { name: 'Covered tickets that went astray' })).toBeNull()
})
