import { onTestFinished } from 'vitest'
import type { OutboxEntry, WriteIntent } from '#contract/outbox.ts'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { createGitlabIdentities } from '#service/gitlab/gitlab-identity.ts'
import { createGitlabWrites, type GitlabWrites } from '#service/gitlab/gitlab-writes.ts'
import { createOutbox, type Outbox, type OutboxOptions } from '#service/outbox/create-outbox.ts'
import type { WriteAbilities } from '#service/outbox/gather-preview.ts'
import { createTransport, type RemoteRequest, type RemoteResponse } from '#service/transport/transport.ts'
import { createZendeskApi, type ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { createZendeskWrites } from '#service/zendesk/zendesk-writes.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createAsk, type Ask, type Body } from '#test/simulator/ask.ts'
import { createLeapingClock } from './leaping-clock.ts'
import { memoryDatabase } from './memory-database.ts'
import { createSilentLog } from './silent-log.ts'
import { createSteppedClock, type SteppedClock } from './stepped-clock.ts'

/** An outbox at a running simulator, with a database and a clock of its own. */
export interface OutboxSetting {
  readonly db: WriteDb
  readonly clock: SteppedClock
  readonly ask: Ask
  readonly api: ZendeskApi
  readonly gitlab: GitlabWrites
  readonly me: { readonly id: number; readonly name: string }
  /** Somebody else who works here. */
  readonly colleague: { readonly id: number; readonly name: string }
  readonly abilities: { -readonly [Key in keyof WriteAbilities]: WriteAbilities[Key] }
  readonly outbox: Outbox
  /** Ids of entries the window was told of. */
  readonly told: number[]
  /** Opens a ticket in the simulator and stores it. */
  ticket(parts?: Readonly<Record<string, unknown>>): Promise<number>
  /** Reads tickets from the simulator and stores them, as a sync would. */
  read(...ids: readonly number[]): Promise<void>
  /** Previews and orders a change. */
  order(...intents: readonly WriteIntent[]): Promise<number[]>
  /** Lets time pass here and there, and tries everything, until nothing moves any more. */
  settle(): Promise<void>
  entry(id: number): OutboxEntry
  /** The ticket as it truly is. */
  truth(id: number): Body
  /** Bodies of all messages of a ticket. */
  messages(id: number): Promise<string[]>
  /** Lets time pass here and in the simulator. */
  pass(ms: number): void
  /** Changes that were sent to Zendesk. */
  sent(): { readonly path: string; readonly status: number; readonly body: Body }[]
  /** Ends the outbox as a killed process does, and starts another over the same database. */
  restart(): Outbox
}

/** What can be different about a setting. */
export interface SettingParts {
  readonly db?: WriteDb
  /** Comes between the outbox and the network. */
  readonly between?: (
    request: RemoteRequest,
    send: (request: RemoteRequest) => Promise<RemoteResponse>,
  ) => Promise<RemoteResponse>
  /** The same between the outbox and GitLab. */
  readonly betweenGitlab?: SettingParts['between']
  readonly onChange?: OutboxOptions['onChange']
}

/** Of real time: how long an answer that never comes is waited for. Long enough for one that does on a busy machine. */
const timeoutMs = 1000

/** Puts an outbox at a simulator. It moves only when it is flushed or started. */
export function outboxAt(simulator: Simulator, parts: SettingParts = {}): OutboxSetting {
  const { description } = simulator
  const { people, meId } = description.workspace
  const me = people.find((person) => person.id === meId) ?? { id: meId, name: '' }
  const colleague = people.find((person) => person.id !== meId) ?? me
  const db = parts.db ?? memoryDatabase()
  // A test says itself which calls were written down.
  storeWorkspace(db, { ...simulatorDescriptionSchema.parse(description).workspace, calls: [] })
  const clock = createSteppedClock(simulator.truth().now)
  const ask = createAsk(description)
  const abilities: OutboxSetting['abilities'] = { mayWrite: null, ccsAndFollowers: 'unknown', lightAgent: false }
  const told: number[] = []
  const log = createSilentLog()
  const begin = simulator.record().at(-1)?.number ?? 0

  const start = () => {
    const stopping = new AbortController()
    let isKilled = false
    const never = new Promise<never>(() => undefined)
    const transport = createTransport({
      name: 'Zendesk',
      origin: description.zendesk.url,
      log,
      signal: stopping.signal,
      clock: createLeapingClock(clock.now()),
      timeoutMs,
    })
    const signed = (request: RemoteRequest) =>
      transport.request({
        ...request,
        headers: { ...request.headers, Authorization: `Bearer ${description.zendesk.token}` },
      })
    const send = async (request: RemoteRequest) => {
      try {
        return await (parts.between ? parts.between(request, signed) : signed(request))
      } finally {
        // What a killed process was told it does not hear.
        if (isKilled) await never
      }
    }
    const api = createZendeskApi({ url: description.zendesk.url, send })('person')
    const gitlab = gitlabOf(
      { ...description.gitlab, db, clock, log, stopping: stopping.signal },
      async (asked, sign) => {
        try {
          return await (parts.betweenGitlab ? parts.betweenGitlab(asked, sign) : sign(asked))
        } finally {
          if (isKilled) await never
        }
      },
    )
    const outbox = createOutbox({
      db,
      zendesk: { reads: api, writes: createZendeskWrites(description.zendesk.url, send) },
      gitlab,
      clock,
      log,
      stopping: stopping.signal,
      me: () => me,
      abilities: () => abilities,
      onChange: (entries, tickets) => {
        if (isKilled) return
        told.push(...entries)
        parts.onChange?.(entries, tickets)
      },
      onIssues: () => undefined,
    })
    return { outbox, api, gitlab: gitlab.writes, kill: () => void (isKilled = true) }
  }

  let running = start()
  if (!parts.db) onTestFinished(() => running.kill())

  const read = async (...ids: readonly number[]) => {
    for (const id of ids) {
      const { rows, users } = await running.api.ticket(id)
      storeUsers(db, users)
      for (const row of rows) storeTicket(db, row, clock.now())
    }
  }
  const setting: OutboxSetting = {
    db,
    clock,
    ask,
    me,
    colleague,
    abilities,
    told,
    read,
    get api() {
      return running.api
    },
    get gitlab() {
      return running.gitlab
    },
    get outbox() {
      return running.outbox
    },
    async ticket(more = {}) {
      const answer = await ask.order('/tickets', {
        organization_id: description.workspace.accounts[0]?.id,
        subject: 'Runners time out',
        ...more,
      })
      const { id } = answer.body as { id: number }
      setting.pass(10_000)
      await read(id)
      return id
    },
    async order(...intents) {
      const previews = await running.outbox.preview(intents)
      return running.outbox.send(previews.map(({ intent, stamp }) => ({ intent, stamp })))
    },
    async settle() {
      for (let round = 0; round < 30; round += 1) {
        await running.outbox.flush()
        if (running.outbox.list({ limit: 1, unsettled: true }).waiting === 0) return
        setting.pass(2000)
      }
    },
    entry(id) {
      const found = running.outbox.list({ limit: 1000, unsettled: false }).entries.find((entry) => entry.id === id)
      if (!found) throw new Error(`no entry ${id}`)
      return found
    },
    truth: (id) => simulator.truth().tickets.find((ticket) => ticket.id === id),
    async messages(id) {
      const answer = await ask.zendesk(`/tickets/${id}/comments?page[size]=100`)
      return (answer.body.comments as { body: string }[]).map(({ body }) => body)
    },
    pass(ms) {
      simulator.advanceBy(ms)
      clock.step(ms)
    },
    sent: () =>
      simulator
        .record()
        .filter(({ number, method, target }) => number > begin && method === 'PUT' && target === 'zendesk')
        .map(({ path, status, requestBody }) => ({ path, status, body: JSON.parse(requestBody) })),
    restart() {
      running.kill()
      running = start()
      return running.outbox
    },
  }
  return setting
}

type Send = (request: RemoteRequest) => Promise<RemoteResponse>

/** GitLab as an outbox is given it, over a transport of its own. */
function gitlabOf(
  at: Simulator['description']['gitlab'] & {
    readonly db: WriteDb
    readonly clock: SteppedClock
    readonly log: ReturnType<typeof createSilentLog>
    readonly stopping: AbortSignal
  },
  between: (request: RemoteRequest, send: Send) => Promise<RemoteResponse>,
) {
  const { url, token, db, clock, log } = at
  const transport = createTransport({
    name: 'GitLab',
    origin: new URL(url).origin,
    log,
    signal: at.stopping,
    clock: createLeapingClock(clock.now()),
    timeoutMs,
  })
  const signed: Send = (request) =>
    transport.request({ ...request, headers: { ...request.headers, 'PRIVATE-TOKEN': token } })
  const send: Send = (request) => between(request, signed)
  const credentials = { kind: 'token', scopes: async () => null } as const
  return {
    writes: createGitlabWrites({ url, send }),
    identity: createGitlabIdentities({ db, user: null, reach: { url, credentials, send }, now: () => clock.now() }),
    zendeskHost: null,
  }
}
