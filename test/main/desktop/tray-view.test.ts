import { describe, expect, test } from 'vitest'
import { trayView, type TrayEntry, type TrayFacts } from '#main/desktop/tray-view.ts'

/** Saturday, 21 November 2026, 10:00 in Berlin, where these tests run. */
const now = Date.UTC(2026, 10, 21, 9)
const minutes = 60_000
const days = 24 * 60 * minutes

function aRow(id: number, breachAt: number | null = null): TrayFacts['queue']['rows'][number] {
  return {
    id,
    subject: `Subject ${id}`,
    accountName: 'Acme',
    nextClock: breachAt === null ? null : { metric: 'first_reply_time', stage: 'active', breachAt },
  }
}

function facts(changes: Partial<TrayFacts> = {}): TrayFacts {
  return {
    status: { sync: 'idle', workspace: 'real', unopenedAlerts: 0 },
    queue: { rows: [], total: 0, breached: 0, now },
    coverages: [],
    week: { allowed: 9.6, taken: 4, possible: true, baseline: { origin: 'measured' } },
    day: { share: 0.5, possible: true },
    handoffLines: 0,
    quiet: { reason: 'none', until: null, held: 0 },
    accounts: [],
    showCount: true,
    ...changes,
  }
}

const labels = (entries: readonly TrayEntry[]) => entries.flatMap((entry) => ('label' in entry ? [entry.label] : []))

describe('the tooltip', () => {
  test.each([
    ['idle', 'ok', 'Understudy: up to date'],
    ['syncing', 'syncing', 'Understudy: syncing'],
    ['offline', 'offline', 'Understudy: offline'],
    ['error', 'error', 'Understudy: could not sync'],
  ] as const)('says in words that sync is %s', (sync, state, tooltip) => {
    expect(trayView(facts({ status: { sync, workspace: 'real', unopenedAlerts: 0 } }))).toMatchObject({
      state,
      tooltip,
      count: 0,
    })
  })

  test('counts what waits, and names the sample workspace', () => {
    const view = trayView(
      facts({
        status: { sync: 'idle', workspace: 'sample', unopenedAlerts: 1 },
        queue: { rows: [], total: 0, breached: 2, now },
      }),
    )
    expect(view).toMatchObject({
      count: 1,
      tooltip: 'Understudy, sample workspace: up to date, 1 new alert, 2 breached',
    })
  })
})

describe('the state', () => {
  const waiting = { sync: 'idle', workspace: 'real', unopenedAlerts: 2 } as const
  const quiet = { reason: 'paused', until: now + 60 * minutes, held: 1 } as const

  test('says that alerts wait, before that a sync runs', () => {
    expect(trayView(facts({ status: waiting })).state).toBe('alerts')
    expect(trayView(facts({ status: { ...waiting, sync: 'syncing' } })).state).toBe('alerts')
  })

  test.each(['paused', 'quiet-hours', 'meeting'] as const)(
    'says before that that alerts are held back: %s',
    (reason) => {
      expect(trayView(facts({ status: waiting, quiet: { ...quiet, reason } })).state).toBe('quiet')
    },
  )

  test('says first of all that none can come', () => {
    expect(trayView(facts({ status: { ...waiting, sync: 'offline' }, quiet })).state).toBe('offline')
    expect(trayView(facts({ status: { ...waiting, sync: 'error' }, quiet })).state).toBe('error')
  })

  test('leaves the number out where that is so set, and the tooltip has it all the same', () => {
    expect(trayView(facts({ status: waiting, showCount: false }))).toMatchObject({
      count: 0,
      tooltip: 'Understudy: up to date, 2 new alerts',
    })
  })

  test('says until when nothing comes, and how much waits', () => {
    expect(trayView(facts({ quiet })).tooltip).toBe(
      'Understudy: up to date, alerts paused until 11:00, 1 alert held back',
    )
  })
})

describe('alerts in the menu', () => {
  const commands = (changes: Partial<TrayFacts>) =>
    trayView(facts(changes)).entries.flatMap((entry) => (entry.kind === 'command' ? [entry.command] : []))

  test('lead to Alerts, with how many nobody opened', () => {
    const labelOf = (unopenedAlerts: number) =>
      trayView(facts({ status: { sync: 'idle', workspace: 'real', unopenedAlerts } })).entries.find(
        (entry) => entry.kind === 'command' && entry.command === 'alerts',
      )
    expect([labelOf(0), labelOf(1), labelOf(7)]).toMatchObject([
      { label: 'No unopened alerts', enabled: true },
      { label: '1 unopened alert' },
      { label: '7 unopened alerts' },
    ])
  })

  test('can be paused, also in quiet hours', () => {
    expect(commands({}).slice(1, 3)).toEqual(['pause-hour', 'pause-tomorrow'])
    const quiet = { reason: 'quiet-hours', until: now + 22 * 60 * minutes, held: 0 } as const
    expect(commands({ quiet }).slice(1, 3)).toEqual(['pause-hour', 'pause-tomorrow'])
    expect(labels(trayView(facts({ quiet })).entries)).toContain('Quiet hours until Sun 08:00')
  })

  test('go on, with the end beside it, while they are paused or a meeting runs', () => {
    const paused = { reason: 'paused', until: now + 60 * minutes, held: 0 } as const
    expect(commands({ quiet: paused }).slice(1, 2)).toEqual(['go-on'])
    expect(labels(trayView(facts({ quiet: paused })).entries)).toContain('Alerts paused until 11:00')
    expect(commands({ quiet: { ...paused, reason: 'meeting' } }).slice(1, 2)).toEqual(['end-meeting'])
  })
})

describe('how fresh it is', () => {
  const account = (name: string, ticketsSyncedAt: number | null, problem: string | null = null) => ({
    name,
    relation: 'covering' as const,
    freshness: { ticketsSyncedAt, issuesSyncedAt: null, problem },
  })
  const submenu = (accounts: TrayFacts['accounts']) =>
    trayView(facts({ accounts })).entries.flatMap((entry) => (entry.kind === 'submenu' ? [entry] : []))

  test('is said of each account that is mine', () => {
    const accounts = [
      account('Acme', now - 20_000),
      account('Globex', now - 3 * minutes),
      account('Initech', now - 200 * minutes, 'Zendesk does not answer.'),
      { ...account('Hooli', null), relation: 'other' as const },
    ]
    const [only] = submenu(accounts)
    expect(only?.label).toBe('All tickets read 3 h ago')
    expect(labels(only?.entries ?? [])).toEqual([
      'Acme: tickets just now',
      'Globex: tickets 3 min ago',
      'Initech: tickets 3 h ago, could not sync',
    ])
  })

  test('does not pretend where an account was not read yet, or none is mine', () => {
    const [only] = submenu([account('Acme', now), account('Globex', null)])
    expect([only?.label, ...labels(only?.entries ?? [])]).toEqual([
      'Some tickets not read yet',
      'Acme: tickets just now',
      'Globex: tickets not read yet',
    ])
    expect(submenu([])).toEqual([])
  })
})

describe('the menu', () => {
  test('begins with the tickets that breach next, with the time of day', () => {
    const rows = [aRow(1, now - 30 * minutes), aRow(2, now + 45 * minutes), aRow(3, now + 2 * days), aRow(4)]
    expect(labels(trayView(facts({ queue: { rows, total: 4, breached: 1, now } })).entries).slice(0, 4)).toEqual([
      'breached 09:30, Acme: #1 Subject 1',
      'by 10:45, Acme: #2 Subject 2',
      'by Mon 23 Nov, 10:00, Acme: #3 Subject 3',
      'no deadline, Acme: #4 Subject 4',
    ])
  })

  test('names five and counts the others', () => {
    const rows = [1, 2, 3, 4, 5, 6, 7].map((id) => aRow(id))
    const { entries } = trayView(facts({ queue: { rows, total: 12, breached: 0, now } }))
    expect(entries.filter(({ kind }) => kind === 'ticket')).toHaveLength(5)
    expect(labels(entries)).toContain('and 7 more tickets')
  })

  test('keeps a long subject, or one with line breaks, on one line', () => {
    const rows = [{ ...aRow(1), subject: `A\nlong ${'very '.repeat(30)}subject` }]
    const [label = ''] = labels(trayView(facts({ queue: { rows, total: 1, breached: 0, now } })).entries)
    expect(label).toMatch(/^no deadline, Acme: #1 A long very .*…$/)
    expect(label.length).toBeLessThan(80)
  })

  const covering = (accountName: string, endsAt: number, parts: Partial<TrayFacts['coverages'][number]> = {}) => ({
    accountName,
    mine: true,
    phase: 'running' as const,
    endsAt,
    ...parts,
  })

  test('says whom I cover until when and what that leaves, counting only what runs and is mine', () => {
    const coverages = [
      covering('Acme', now + 3 * days),
      covering('Globex', now + 3 * days),
      covering('Initech', now + days, { mine: false }),
      covering('Hooli', now + 9 * days, { phase: 'upcoming' }),
    ]
    expect(labels(trayView(facts({ coverages })).entries)).toContain(
      'Covering Acme, Globex until Tue 10:00 · load 50 %',
    )
    expect(labels(trayView(facts()).entries)).toContain('You cover no account now')
  })

  test('names each end where there are several, the first one first, and the date where a weekday could be another', () => {
    const coverages = [
      covering('Globex', now + 7 * days),
      covering('Acme', now + 6 * 60 * minutes),
      covering('Hooli', now + 6 * days),
    ]
    expect(labels(trayView(facts({ coverages, day: { share: 0.125, possible: true } })).entries)).toContain(
      'Covering Acme until 16:00; Hooli until Fri 10:00; Globex until Sat 28 Nov, 10:00 · load 12.5 %',
    )
  })

  test('tells no load where it is more than one engineer can cover', () => {
    const day = { share: 0, possible: false }
    expect(labels(trayView(facts({ coverages: [covering('Acme', now + days)], day })).entries)).toContain(
      'Covering Acme until Sun 10:00',
    )
  })

  test('says how much of the load is used up, and when it cannot be said', () => {
    const week = facts().week
    const lineFor = (changed: TrayFacts['week']) => labels(trayView(facts({ week: changed })).entries)
    expect(lineFor(week)).toContain('Non-ASE tickets this week: 4 of 9.6')
    expect(lineFor({ ...week, baseline: { origin: 'none' } })).toContain(
      'Non-ASE tickets this week: nothing to reckon from yet',
    )
    expect(lineFor({ ...week, possible: false })).toContain('You cover more accounts than one engineer can')
  })

  test('ends with what can be done, and does not offer a second sync while one runs', () => {
    expect(labels(trayView(facts()).entries).slice(-3)).toEqual(['Sync now', 'Open Understudy', 'Quit Understudy'])
    const syncing = trayView(facts({ status: { sync: 'syncing', workspace: 'real', unopenedAlerts: 0 } }))
    expect(syncing.entries).toContainEqual({ kind: 'command', command: 'sync', label: 'Syncing…', enabled: false })
  })

  test('says when there is nothing to do', () => {
    expect(labels(trayView(facts()).entries)[0]).toBe('No open tickets')
  })
})

test('lines of handoffs that changed are counted and lead there; while none did, nothing is said', () => {
  expect(labels(trayView(facts()).entries).filter((label) => label.includes('handoff'))).toEqual([])
  const entries = [1, 2].map((handoffLines) =>
    trayView(facts({ handoffLines })).entries.find((entry) => entry.kind === 'command' && entry.command === 'handoff'),
  )
  expect(entries).toMatchObject([
    { label: '1 handoff line changed', enabled: true },
    { label: '2 handoff lines changed', enabled: true },
  ])
})
