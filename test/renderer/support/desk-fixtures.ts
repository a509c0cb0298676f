import type { DeskOnboardingStep, DeskPage } from '#contract/desk.ts'
import { now } from './fixtures.ts'

const hourMs = 3_600_000

/** A step of taking over an account: to do, and not to be seen. */
export function anOnboardingStep(changes: Partial<DeskOnboardingStep> = {}): DeskOnboardingStep {
  return {
    ...{ id: 'introduction', words: 'Introduce yourself as the ASE.', source: 'Handbook', dueOn: '2026-11-30' },
    ...{ done: false, tickedAt: null, byItself: false, seen: null, late: false, ...changes },
  }
}

/** The page of Northwind Logistics, on which something of each kind is written down. */
export function aDeskPage(changes: Partial<DeskPage> = {}): DeskPage {
  return {
    account: {
      ...{ id: 1, name: 'Northwind Logistics', aseSince: Date.UTC(2025, 2, 2, 23), label: 'ASE Work - Northwind' },
      ...{ gitlabGroup: 'collab/northwind', relation: 'covering', openTickets: 5, openIssues: 3 },
    },
    restricted: false,
    people: [
      {
        ...{ role: 'ase', id: 20, name: 'Priya Raman', me: false, region: 'APAC', timeZone: 'Asia/Kolkata' },
        ...{ hours: 'Mon-Fri 09:00-17:00', hoursHere: 'Mon-Fri 04:30-12:30', slackHandle: '@praman' },
        ...{ nextAvailableAt: now + 30 * hourMs, startsAt: null, endsAt: null },
      },
      {
        ...{ role: 'covering', id: 10, name: 'Tom Okafor', me: true, region: 'EMEA', timeZone: 'Europe/Berlin' },
        ...{ hours: 'Mon-Fri 09:00-17:00', hoursHere: 'Mon-Fri 09:00-17:00', slackHandle: null },
        ...{ nextAvailableAt: now, startsAt: now - hourMs, endsAt: now + 48 * hourMs },
      },
    ],
    document: {
      contacts: [
        {
          ...{
            id: 'c1',
            side: 'customer',
            name: 'Marcus Bell',
            role: 'Head of Platform',
            reach: 'marcus@northwind.example',
          },
          ...{ howToWork: 'Wants one recommendation.', important: true },
        },
      ],
      environment: { geo: 'One secondary site' },
      environmentNote: '',
      resources: [{ id: 'r1', title: 'Runbook', url: 'https://gitlab.example.com/runbook', about: 'Geo failover' }],
      slackChannel: '#ext-northwind',
      cadence: '',
      extras: [{ id: 'x1', name: 'pages', text: 'off' }],
      onboarding: { startsOn: null, ticked: {} },
    },
    orgNote: 'ASE: Priya Raman',
    coverages: [
      {
        id: 'v1',
        coverName: 'Tom Okafor',
        mine: true,
        phase: 'running',
        startsAt: now - hourMs,
        endsAt: now + 48 * hourMs,
      },
    ],
    onboarding: {
      startsOn: '2026-11-23',
      startsOnFrom: 'ase',
      steps: [
        anOnboardingStep(),
        anOnboardingStep({
          id: 'cadence',
          words: 'Decide on regular calls.',
          done: true,
          byItself: true,
          seen: 'Written down: Tuesdays',
        }),
        anOnboardingStep({
          id: 'auto-assign',
          words: 'Ask that new tickets are assigned.',
          dueOn: '2026-11-20',
          late: true,
        }),
      ],
      edition: 'Handbook of April 2025',
      agenda: { minutes: 60, text: 'Introductory meeting: Northwind Logistics and Priya Raman', source: 'Handbook' },
      autoAssign: {
        by: 'form',
        url: 'https://form.example/',
        choices: [
          { question: 'What is this request concerning?', answer: 'Modifications to a Zendesk Global Organization' },
        ],
        remark: 'Only Support Directors can send this request.',
        source: 'Handbook',
      },
    },
    now,
    ...changes,
  }
}
