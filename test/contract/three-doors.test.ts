import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDefinedError, ORPCError, safe } from '@orpc/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { contract } from '#contract/contract.ts'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { createClock } from '#service/clock.ts'
import { procedureNames } from '#service/doors/call-procedure.ts'
import { createEventHub } from '#service/rpc/event-hub.ts'
import { maxMessageBytes } from '#service/rpc/serve-socket.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { createService, type Service } from '#service/service.ts'
import { doors, type ContractClient, type OpenTestDoor } from '#test/support/doors.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { launchSimulator } from '#test/support/simulator.ts'
import { createStandInRouter, innerWords } from '#test/support/stand-in-router.ts'
import { noNotifications } from '#test/support/no-notifications.ts'
import { makeTemporaryFolder } from '#test/support/temporary-folder.ts'

type Call = (input: unknown, options?: { signal?: AbortSignal }) => Promise<unknown>

/** A procedure of a client by its name, taking anything. */
function procedureOf(client: ContractClient, name: string): Call {
  const [area = '', procedure = ''] = name.split('.')
  const areas = client as unknown as Record<string, Record<string, Call>>
  const call = areas[area]?.[procedure]
  if (!call) throw new Error(`no procedure ${name}`)
  return call
}

const answering = procedureNames.filter((name) => name !== 'events.stream')

/** Inputs with which a procedure answers. */
const leastInput: Readonly<Record<string, object>> = {
  'accounts.find': { name: 'Ca' },
  'accounts.findAgents': { name: 'Da' },
  'alerts.dismiss': { ids: [1] },
  'alerts.hold': { meeting: false },
  'alerts.pause': { for: null },
  'alerts.undismiss': { ids: [1] },
  'alerts.unsnooze': { ticketId: 1 },
  'connections.readAddress': { url: 'acme' },
  'connections.readGitlabAddress': { url: 'gitlab.com' },
  'issues.placeWork': { text: 'The upgrade to 19.0 is planned for spring' },
  'orgNotes.findPeople': { name: 'Renate' },
  'orgNotes.lint': { text: 'Dana is the ASE.' },
  'outbox.preview': { intents: [{ kind: 'follow', ticketId: 1 }] },
}

/** A call of which nothing was typed. */
const noCallText = {
  ...{ about: 'other', day: '', purpose: '', tickets: [], customer: [], ours: [], topics: [] },
  ...{ decisions: [], actions: [], prioritiesChanged: '', priorities: [] },
}
const noCall = { id: 'none' }
const backwards = { startsAt: '2026-12-21T17:00', endsAt: '2026-12-21T09:00' }
const noPlan = { planId: 'none' }
const noHandoff = { handoffId: 'none' }
const noCoverage = { coverageId: 'none' }
const noLine = {
  ...{ severity: null, story: '', nextAction: '', nextOwner: '', nextBy: '' },
  ...{ contingencies: [], nothingForeseen: false, askWhom: '' },
}

/** Inputs that are well formed and refused on the sample, with an error the contract declares. */
const refusedInput: Readonly<Record<string, object>> = {
  'absences.add': backwards,
  'accountKits.look': { accountId: 1 },
  'absences.remove': { absenceId: 'none' },
  'calendars.add': { previewId: 'none', name: 'Mine', purpose: 'absence', personId: 1, titles: ['PTO'] },
  'calendars.change': { calendarId: 'none' },
  'calendars.preview': { text: 'no calendar' },
  'calendars.refresh': { calendarId: 'none' },
  'calendars.remove': { calendarId: 'none' },
  'guidance.brief': { ticketId: 1 },
  'guidance.of': { ticketId: 1 },
  'guidance.setChoice': { ticketId: 1, choice: 'ase' },
  'desks.change': { accountId: 1, change: { kind: 'restricted', restricted: true } },
  'desks.export': { accountId: 1, as: 'inventory' },
  'desks.get': { accountId: 1 },
  'desks.import': { accountId: 1, from: { kind: 'organization-fields' }, apply: false },
  'customerData.keepLonger': { accountId: 1, days: 14 },
  'customerData.remove': { accountId: 1 },
  'calls.file': { ...noCall, projectId: null, orders: [] },
  'calls.get': noCall,
  'calls.preview': { ...noCall, projectId: null },
  'calls.remove': noCall,
  'calls.restore': { ...noCall, accountId: 1, document: noCallText },
  'calls.save': { ...noCall, document: noCallText, updatedAt: 0 },
  'calls.start': { accountId: 1 },
  'calls.tick': { ...noCall, index: 0, done: true },
  'handoffs.accept': { ...noHandoff, state: 'accepted', hash: '', words: '' },
  'handoffs.begin': { absenceId: 'none' },
  'handoffs.export': { handoffIds: ['none'], as: 'file' },
  'handoffs.fetch': { ...noHandoff, apply: false },
  'handoffs.get': noHandoff,
  'returns.decide': {
    ...noCoverage,
    key: 'none',
    state: '',
    decision: { kind: 'know', note: '', owner: '', dueOn: '' },
  },
  'returns.get': noCoverage,
  'returns.handBack': noCoverage,
  'returns.settle': { ...noCoverage, settled: true },
  'returns.stand': { ...noCoverage, at: null, running: true },
  'returns.takeBack': noCoverage,
  'returns.undo': noCoverage,
  'returnFigures.calendarFile': { coverageId: 'none' },
  'returnFigures.file': { coverageId: 'none', format: 'csv' },
  'returnFigures.get': { coverageId: 'none' },
  'returnFigures.schedule': { coverageId: 'none', startsAt: null },
  'returnFigures.time': { coverageId: 'none' },
  'returnWrapUps.call': { coverageId: 'none', audience: 'internal' },
  'returnWrapUps.get': { coverageId: 'none' },
  'returnWrapUps.issueIntents': { coverageId: 'none' },
  'returnWrapUps.learn': { coverageId: 'none', lesson: { helped: 'yes', missing: '' } },
  'returnWrapUps.transfer': { coverageId: 'none', orders: [{ intent: { kind: 'follow', ticketId: 1 }, stamp: 0 }] },
  'handoffs.import': { text: 'no handoff', apply: false },
  'handoffs.issue': noHandoff,
  'handoffs.judge': { ...noHandoff, ticketId: 1, accepted: true, words: '' },
  'handoffs.previewIssue': noHandoff,
  'handoffs.resolve': { ...noHandoff, field: 'none', side: 0 },
  'handoffs.review': { ...noHandoff, ticketId: 1 },
  'handoffs.saveLine': { ...noHandoff, ticketId: 1, line: noLine, base: '' },
  'handoffs.saveText': { ...noHandoff, text: 'mood', value: 'Calm', base: '' },
  'handoffs.teachBack': { ...noHandoff, ticketId: 1, words: 'They wait for us.' },
  'issues.get': { projectId: 1, iid: 1, kind: 'issue' },
  'issues.projects': { accountId: 1 },
  'onCall.add': { ...backwards, title: 'On call' },
  'onCall.clearReplacement': { shiftId: 'none' },
  'onCall.recordReplacement': { shiftId: 'none', name: 'Somebody' },
  'onCall.remove': { shiftId: 'none' },
  'plans.answer': { ...noPlan, entryId: 'none', answer: 'accept' },
  'plans.ask': { ...noPlan, entryIds: ['none'] },
  'plans.change': noPlan,
  'plans.create': backwards,
  'plans.export': { ...noPlan, as: 'file' },
  'plans.fetch': { ...noPlan, apply: false },
  'plans.findProject': { path: 'support/none' },
  'plans.get': noPlan,
  'plans.import': { text: 'no plan', apply: false },
  'plans.issue': noPlan,
  'plans.previewIssue': noPlan,
  'plans.putEntry': { ...noPlan, ...backwards, accountId: 1, coverId: 1 },
  'plans.remove': noPlan,
  'plans.removeEntry': { ...noPlan, entryId: 'none' },
  'plans.resolve': { ...noPlan, field: 'none', side: 0 },
  'plans.restore': noPlan,
  'plans.tick': { ...noPlan, stepId: 'none', done: true },
  'plans.whatIf': { windows: [{ accountId: 1, startsAt: 1, endsAt: 0 }] },
  'accounts.add': { organizationId: 1 },
  'accounts.change': { id: 1 },
  'accounts.organization': { id: 1 },
  'accounts.remove': { id: 1 },
  'alerts.markOpened': { id: 1_000_000 },
  'alerts.mute': { accountId: 1 },
  'alerts.snooze': { ticketId: 1, until: { kind: 'reply' } },
  'alerts.unmute': { accountId: 1 },
  'app.openExternal': { url: 'https://example.com/' },
  'connections.checkZendesk': {},
  'connections.checkGitlab': {},
  'connections.connectGitlabToken': { url: 'gitlab.com', token: 'canary' },
  'connections.connectZendesk': { url: 'acme', email: 'ines@example.com', token: 'canary' },
  'connections.signOutGitlab': {},
  'connections.signOutZendesk': {},
  'connections.startGitlabDevice': { url: 'gitlab.com', clientId: 'understudy', mode: 'read-only' },
  'connections.startGitlabOauth': { url: 'gitlab.com', clientId: 'understudy', mode: 'read-only' },
  'connections.startZendeskOauth': { url: 'acme', clientId: 'understudy' },
  'connections.startZendeskSession': { url: 'acme' },
  'orgNotes.compose': { accountId: 1 },
  'orgNotes.findProject': { path: 'support/none' },
  'orgNotes.get': { accountId: 1 },
  'orgNotes.previewMergeRequest': { accountId: 1, text: 'A note' },
  'orgNotes.saveDraft': { accountId: 1, text: 'A note' },
  'outbox.discard': { id: 1 },
  'outbox.resolve': { id: 1, choice: 'mine' },
  'outbox.retry': { id: 1 },
  'people.change': { id: 1 },
  'outbox.send': { orders: [{ intent: { kind: 'follow', ticketId: 1 }, stamp: 0 }] },
}

const wrongInput: Readonly<Record<string, [input: object, field: string]>> = {
  'tickets.list': [{ limit: 0 }, 'limit'],
  'tickets.get': [{ id: '1' }, 'id'],
  'workload.week': [{ week: 'next' }, 'week'],
  'settings.set': [{ theme: 'purple' }, 'theme'],
  'events.stream': [{ epoch: null, since: -1 }, 'since'],
}

async function failureOf(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const error: unknown = await call.then(
    (answer) => new Error(`answered ${JSON.stringify(answer)}`),
    (failure: unknown) => failure,
  )
  if (error instanceof ORPCError) return error
  throw error
}

/** What a call ended with: `answered`, or the code it was refused with. */
async function outcomeOf(name: string, call: Promise<unknown>): Promise<string> {
  try {
    const answer = await call
    if (name === 'events.stream') await (answer as AsyncGenerator).return(undefined)
    return 'answered'
  } catch (error) {
    return error instanceof ORPCError ? error.code : String(error)
  }
}

test('every procedure says what goes in and what comes out', () => {
  const definitions = Object.values(contract).flatMap((area) => Object.values(area))
  expect(definitions).toHaveLength(procedureNames.length)
  for (const { '~orpc': definition } of definitions) {
    expect(definition.inputSchema).toBeDefined()
    expect(definition.outputSchema).toBeDefined()
  }
})

describe.each([...doors])('over %s, a stand-in', (_, openDoor) => {
  async function open() {
    const hub = createEventHub('epoch-1')
    const log = createSilentLog()
    const door = await openDoor({ router: createStandInRouter(hub), log })
    onTestFinished(() => door.leave())
    return { ...door, hub, log }
  }

  test('a wrong input is refused by the name of its field', async () => {
    const { client } = await open()
    for (const [name, [input, field]] of Object.entries(wrongInput)) {
      const failure = await failureOf(procedureOf(client, name)(input))
      expect(failure).toMatchObject({ code: 'BAD_REQUEST', data: { issues: [{ path: [field] }] } })
    }
  })

  test('an error that the contract declares arrives with its data', async () => {
    const { client } = await open()
    const { error } = await safe(client.tickets.get({ id: 404 }))
    expect(isDefinedError(error)).toBe(true)
    expect(error).toMatchObject({ code: 'NOT_FOUND', message: 'No such ticket.', data: { what: 'ticket', id: '404' } })
  })

  test('what the contract does not name does not get out', async () => {
    const { client } = await open()
    expect(await client.app.status({})).not.toHaveProperty('token')
  })

  test('an answer that the contract forbids is not given', async () => {
    const { client } = await open()
    expect(await failureOf(client.coverage.list({}))).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  })

  test('events arrive in order, after a reset for a reader of another epoch', async () => {
    const { client, hub } = await open()
    const stream = await client.events.stream({ epoch: 'epoch-0', since: 7 })
    expect(await stream.next()).toMatchObject({ value: { kind: 'reset', epoch: 'epoch-1', seq: 0 } })
    hub.publish('tickets', [1])
    hub.publish('alerts', [2, 3])
    expect(await stream.next()).toMatchObject({ value: { kind: 'tickets', seq: 1, ids: ['1'] } })
    expect(await stream.next()).toMatchObject({ value: { kind: 'alerts', seq: 2, ids: ['2', '3'] } })
    await stream.return(undefined)
  })

  test('a reader that comes back gets what it missed, or a reset when that is too much', async () => {
    const { client, hub } = await open()
    for (let event = 1; event <= 3; event += 1) hub.publish('tickets', [event])
    const short = await client.events.stream({ epoch: 'epoch-1', since: 1 })
    expect(await short.next()).toMatchObject({ value: { seq: 2 } })
    expect(await short.next()).toMatchObject({ value: { seq: 3 } })
    await short.return(undefined)
    for (let event = 4; event <= 1000; event += 1) hub.publish('tickets', [event])
    const long = await client.events.stream({ epoch: 'epoch-1', since: 3 })
    expect(await long.next()).toMatchObject({ value: { kind: 'reset', seq: 1000 } })
    await long.return(undefined)
  })

  test('a reader that stops listening leaves no subscriber behind', async () => {
    const { client, hub } = await open()
    const stopped = new AbortController()
    const stream = await client.events.stream({ epoch: null, since: 0 }, { signal: stopped.signal })
    await stream.next()
    expect(hub.listenerCount).toBe(1)
    const waiting = stream.next().catch(() => undefined)
    stopped.abort()
    await waiting
    await expect.poll(() => hub.listenerCount).toBe(0)
  })
})

describe.each([...doors].slice(1))('over %s, a peer', (_, openDoor) => {
  async function open(): Promise<
    OpenTestDoor & { hub: ReturnType<typeof createEventHub>; log: ReturnType<typeof createSilentLog> }
  > {
    const hub = createEventHub('epoch-1')
    const log = createSilentLog()
    const door = await openDoor({ router: createStandInRouter(hub), log })
    onTestFinished(() => door.leave())
    return { ...door, hub, log }
  }

  test('hears of an unforeseen failure that there was one, and nothing else; the log has the words', async () => {
    const { client, log } = await open()
    const failure = await failureOf(client.accounts.list({}))
    expect(failure).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 })
    expect(JSON.stringify(failure)).not.toContain('inner words')
    expect(failure.message).not.toContain('inner words')
    expect(log.lines).toMatchObject([
      { level: 'error', fields: { err: { message: innerWords }, procedure: 'accounts.list' } },
    ])
  })

  test('that goes away leaves no subscriber behind', async () => {
    const { client, hub, leave } = await open()
    const stream = await client.events.stream({ epoch: null, since: 0 })
    await stream.next()
    expect(hub.listenerCount).toBe(1)
    const waiting = stream.next().catch(() => undefined)
    await leave()
    await waiting
    await expect.poll(() => hub.listenerCount).toBe(0)
  })

  test('that sends too large a message is disconnected', async () => {
    const { sendRaw, gone, client } = await open()
    await client.app.status({})
    sendRaw?.(JSON.stringify({ i: '1', p: { u: '/settings/set', b: { json: 'x'.repeat(maxMessageBytes) } } }))
    await expect(gone).resolves.toBeDefined()
  })

  test('that sends something just small enough is answered', async () => {
    const { client } = await open()
    const failure = await failureOf(client.app.openExternal({ url: 'x'.repeat(maxMessageBytes - 1000) }))
    expect(failure.code).toBe('BAD_REQUEST')
  })

  test('that sends no calls at all harms nobody', async () => {
    const { client, sendRaw } = await open()
    const url = fc.oneof(
      fc.constantFrom('/app/status', '/__proto__/toString', '//', 'http://', '/tickets/get?data={'),
      fc.string(),
    )
    const call = fc.record({
      i: fc.constantFrom('a', 'b'),
      t: fc.constantFrom(undefined, 1, 3, 4, 9),
      p: fc.oneof(fc.jsonValue(), fc.record({ u: url, b: fc.jsonValue(), h: fc.jsonValue(), m: fc.string() })),
    })
    const message = fc.oneof(
      fc.string(),
      fc.json(),
      call.map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(message, (text) => {
        sendRaw?.(text)
      }),
      { numRuns: 500 },
    )
    expect(await client.settings.get({})).toBeDefined()
  })
})

describe('the service', () => {
  let service: Service
  let ticketId: number
  const cleanUp: (() => unknown)[] = []

  beforeAll(async () => {
    const { folder, remove } = makeTemporaryFolder()
    cleanUp.push(remove)
    const { description, stop } = await launchSimulator({ seed: 1, speed: 0 })
    cleanUp.push(stop)
    const simulator = simulatorDescriptionSchema.parse(description)
    mkdirSync(join(folder, 'data'))
    let stored: Record<string, unknown> = {}
    service = createService(
      {
        host: 'web',
        version: '0.0.0',
        notifier: noNotifications,
        vault: createMemoryVault(),
        settings: { read: () => stored, write: (values) => void (stored = values) },
        log: createSilentLog(),
        tray: false,
        openExternal: async () => undefined,
        report: () => undefined,
        openTicket: () => undefined,
      },
      {
        source: { kind: 'sample', simulator },
        clock: createClock(simulator.clock),
        folder: join(folder, 'data'),
        close: async () => undefined,
      },
      null,
    )
    cleanUp.push(() => service.stop())
    await service.syncOnce()
    const { tickets } = await service.client.tickets.list({ limit: 1 })
    ticketId = tickets[0]?.id ?? 0
  }, 60_000)

  afterAll(async () => {
    for (const step of cleanUp.toReversed()) await step()
  })

  describe.each([...doors])('over %s', (_, openDoor) => {
    async function open() {
      const door = await openDoor({ router: service.router, log: createSilentLog() })
      onTestFinished(() => door.leave())
      return door.client
    }

    test.each(answering)('%s answers what it promises', async (name) => {
      const client = await open()
      const input = name === 'tickets.get' ? { id: ticketId } : (leastInput[name] ?? refusedInput[name] ?? {})
      const { error, data } = await safe(procedureOf(client, name)(input))
      if (name in refusedInput) expect(error).toMatchObject({ defined: true })
      else expect({ error, answered: typeof data }).toEqual({ error: null, answered: 'object' })
    })

    test('a change is told to whoever listens', async () => {
      const client = await open()
      const stream = await client.events.stream({ epoch: null, since: 0 })
      expect(await stream.next()).toMatchObject({ value: { kind: 'reset' } })
      await client.settings.set({ theme: 'dark' })
      expect(await stream.next()).toMatchObject({ value: { kind: 'settings' } })
      await stream.return(undefined)
    })

    test('a wrong input is refused by the name of its field', async () => {
      const client = await open()
      for (const [name, [input, field]] of Object.entries(wrongInput)) {
        const failure = await failureOf(procedureOf(client, name)(input))
        expect(failure).toMatchObject({ code: 'BAD_REQUEST', data: { issues: [{ path: [field] }] } })
      }
    })

    test.each(procedureNames)('%s answers or refuses whatever it is called with', async (name) => {
      const client = await open()
      const key = fc.constantFrom(
        'id',
        'limit',
        'offset',
        'afterId',
        'afterSeq',
        'accountId',
        'week',
        'url',
        'since',
        'epoch',
        'state',
        'theme',
      )
      const input = fc.oneof(
        fc.jsonValue(),
        fc.dictionary(key, fc.oneof(fc.integer(), fc.double(), fc.string(), fc.jsonValue())),
      )
      await fc.assert(
        fc.asyncProperty(input, async (value) => {
          expect(['answered', 'BAD_REQUEST', 'NOT_FOUND', 'REFUSED']).toContain(
            await outcomeOf(name, procedureOf(client, name)(value)),
          )
        }),
        { numRuns: name === 'sync.run' ? 3 : 40 },
      )
    })
  })
})
