import { beforeAll, expect, test } from 'vitest'
import { createTokenEndpoint } from '#service/zendesk/credentials/token-endpoint.ts'
import { probeZendesk } from '#service/zendesk/probe.ts'
import { createZendeskApi, type Page, type ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { createZendeskWrites, type ZendeskWrites } from '#service/zendesk/zendesk-writes.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import type { RecordedExchange } from '#simulator/http/record.ts'
import { canJudge, openJudge } from '#test/judge/judged-file.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { wednesday } from '#test/support/work-values.ts'
import { reachZendesk } from '#test/support/zendesk-reach.ts'

/*
 * Every call that Understudy can make to Zendesk, made to the simulator. Whatever is added to the connector has to be added
 * here, or the types do not fit; so all of it comes before the judge, taken by the simulator or refused.
 */
type Calls<Connector> = Readonly<Record<keyof Connector, () => Promise<unknown>>>

/** What the calls are about. */
interface Subject {
  readonly meId: number
  readonly account: number
  readonly ticketIds: readonly number[]
}

let record: readonly RecordedExchange[]

beforeAll(async () => {
  const simulator = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0 })
  const { url, token } = simulator.description.zendesk
  const reach = reachZendesk(url, () => `Bearer ${token}`)
  const subject = subjectOf(simulator)
  await probeZendesk(reach, () => wednesday)
  await make(reads(createZendeskApi(reach)('person'), subject))
  await make(changes(createZendeskWrites(url, reach.send), subject))
  await make(signIns(createTokenEndpoint(url, { request: reach.send }), token))
  record = simulator.record()
  await simulator.stop()
})

function subjectOf(simulator: Simulator): Subject {
  const { meId, accounts } = simulator.description.workspace
  const account = accounts[0]?.id ?? 0
  const open = simulator.truth().tickets.filter((one) => one.organizationId === account && one.status === 'open')
  return { meId, account, ticketIds: open.map(({ id }) => id).slice(0, 50) }
}

/** A call that is refused was made all the same, and that is what this is about. */
async function make<Connector>(calls: Calls<Connector>): Promise<void> {
  for (const call of Object.values<() => Promise<unknown>>(calls)) await call().catch(() => undefined)
}

async function everyPage(read: (cursor: string | null) => Promise<Page<unknown>>): Promise<void> {
  let cursor: string | null = null
  do cursor = (await read(cursor)).next
  while (cursor !== null)
}

function reads(api: ZendeskApi, { meId, account, ticketIds }: Subject): Calls<ZendeskApi> {
  const [id = 0] = ticketIds
  return {
    me: () => api.me(),
    user: () => api.user(meId),
    organization: () => api.organization(account),
    organizationsNamed: () => api.organizationsNamed('Ca'),
    agentsNamed: () => Promise.allSettled([api.agentsNamed('Jo'), api.agentsNamed('jonas.feldkamp@support.example')]),
    ticketForms: () => api.ticketForms(),
    allTickets: () => api.allTickets(null),
    ticketsOfOrganization: () => everyPage((cursor) => api.ticketsOfOrganization(account, cursor)),
    ticketsOfOrganizationById: () => everyPage((cursor) => api.ticketsOfOrganizationById(account, cursor)),
    ticketsAssignedTo: () => everyPage((cursor) => api.ticketsAssignedTo(meId, cursor)),
    ticketsWithCc: () => everyPage((cursor) => api.ticketsWithCc(meId, cursor)),
    ticketsFollowedBy: () => everyPage((cursor) => api.ticketsFollowedBy(meId, cursor)),
    ticketsByIds: () => api.ticketsByIds(ticketIds),
    ticket: () => api.ticket(id),
    liveTicketsBySearch: () => api.liveTicketsBySearch(account, 1),
    comments: () => everyPage((cursor) => api.comments(id, cursor)),
    audits: () => everyPage((cursor) => api.audits(id, cursor)),
  }
}

function changes(writes: ZendeskWrites, { meId, ticketIds }: Subject): Calls<ZendeskWrites> {
  const [id = 0, ...others] = ticketIds
  const joined = [{ user_id: meId, action: 'put' }] as const
  const change = {
    email_ccs: joined,
    followers: joined,
    comment: { body: 'Handed over', public: false },
    assignee_id: meId,
  } as const
  const tagged = { ...change, additional_tags: ['covered'], remove_tags: ['waiting'] }
  return {
    update: () => writes.update({ ticketId: id, change, stamp: wednesday }),
    updateMany: () => writes.updateMany([{ ticketId: others[0] ?? 0, change: tagged, stamp: wednesday }]),
    async job() {
      const job = await writes.updateMany(others.map((ticketId) => ({ ticketId, change: tagged, stamp: wednesday })))
      for (let look = 0; look < 3; look += 1) await writes.job(job)
    },
    messagesSince: () => writes.messagesSince(id, 0),
    changesSince: () => writes.changesSince(id, meId, 0),
    groupsOf: () => writes.groupsOf(meId),
  }
}

type TokenCalls = ReturnType<typeof createTokenEndpoint>

function signIns(endpoint: TokenCalls, token: string): Calls<TokenCalls> {
  const code = { code: 'none', redirectUri: 'http://127.0.0.1:47810/callback', verifier: 'v'.repeat(43) }
  return {
    exchange: () => endpoint.exchange('understudy', code, ['read', 'tickets:write']),
    refresh: () => endpoint.refresh('none', 'understudy', null),
    probe: () => endpoint.probe(token),
    revoke: () => endpoint.revoke(token, 'understudy'),
  }
}

const reason = canJudge ? '' : ', whose specification is not beside this project'

test.runIf(canJudge)(`whatever Understudy sends to Zendesk is as the vendor describes it${reason}`, async () => {
  const judge = await openJudge()
  expect(record.flatMap((one) => judge.request(one))).toEqual([])
  const asked = new Set(record.map((one) => judge.operation(one) ?? ''))
  expect([...asked].filter((name) => name.startsWith('GET')).length).toBeGreaterThan(15)
  expect(new Set([...asked].filter((name) => !name.startsWith('GET')))).toEqual(
    new Set([
      'DELETE /api/v2/oauth/tokens/current',
      'POST /oauth/tokens',
      'PUT /api/v2/tickets/update_many',
      'PUT /api/v2/tickets/{ticket_id}',
    ]),
  )
})
