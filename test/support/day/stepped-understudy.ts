import { zendeskProbe } from '#contract/connections.ts'
import { settingsSchema } from '#contract/settings.ts'
import { simulatorDescriptionSchema, type Workspace } from '#contract/workspace.ts'
import { createAlerts } from '#service/alerts/create-alerts.ts'
import type { Journal } from '#service/alerts/journal.ts'
import { readFact, writeFact } from '#service/db/facts.ts'
import { createRequestHistory } from '#service/db/requests.ts'
import { transaction, type WriteDb } from '#service/db/sql.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { createOutbox, type Outbox } from '#service/outbox/create-outbox.ts'
import { parseTokenRecord } from '#service/oauth/token-record.ts'
import type { Clock, Log, Notice, SecretVault } from '#service/ports.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { createSync, type Sync } from '#service/sync/create-sync.ts'
import { createTransport, type Transport } from '#service/transport/transport.ts'
import { createOauthCredentials, oauthKey } from '#service/zendesk/credentials/oauth-credentials.ts'
import { probeZendesk, slaPath } from '#service/zendesk/probe.ts'
import { createSignedRequests } from '#service/zendesk/signed-requests.ts'
import { createZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { createZendeskWrites } from '#service/zendesk/zendesk-writes.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSilentLog, type LoggedLine } from '#test/support/silent-log.ts'
import { createMemoryJournal } from '#test/support/memory-journal.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { createSteppedClock, type SteppedClock } from '#test/support/stepped-clock.ts'
import { createNetwork, type Network } from './network.ts'
import { signInByHand } from './sign-in-by-hand.ts'

/** The parts of the app that talk to Zendesk, put together as a session does it, on one clock with the simulator. */
export interface SteppedUnderstudy {
  readonly clock: SteppedClock
  readonly network: Network
  /** The present handle of the database; another one after each start. */
  readonly db: WriteDb
  readonly sync: Sync
  readonly outbox: Outbox
  readonly notices: readonly Notice[]
  readonly logged: readonly LoggedLine[]
  /** Lets time pass here and there, from one instant that somebody waits for to the next. */
  pass(ms: number): Promise<void>
  /** The process ends in the middle of what it does, without a word, and is started again. */
  kill(): Promise<void>
  /** The app is quit and started again. */
  restart(): Promise<void>
  /** The computer sleeps: all lines break off, and then it is so much later. `told`: the app hears that it woke. */
  sleep(ms: number, told: boolean): Promise<void>
  /** A person signs in anew, with an access token of so short a life. False when Zendesk did not let them. */
  signIn(lifeSeconds: number): Promise<boolean>
  /** Whether the app would ask the person to sign in. */
  isSignedOut(): Promise<boolean>
  /** What a connection is asked for when somebody connects or checks it: how it tells SLA clocks. */
  probe(): Promise<void>
  /** Somebody signed in again, or the network came back. */
  wake(): void
  /** Quits. The database stays open to be looked at. */
  stop(): Promise<void>
}

/** What can be different. */
export interface SteppedOptions {
  /** Opens the database, at each start. */
  readonly open: () => WriteDb
  readonly seed?: number
  /** The sample's people and accounts when it is left out. */
  readonly workspace?: Workspace
  readonly everySeconds?: number
}

/** The cap that settings begin with. */
const perMinute = 20
/** In real time: how long an answer that never comes is waited for. */
const timeoutMs = 400
/** Shorter than a night. */
const firstLifeSeconds = 3600
const unprobed = {
  slas: { organization: 'unknown', showMany: 'unknown', search: 'unknown', ticket: 'unknown' },
} as const
const weeks9Ms = 9 * 7 * 24 * 3_600_000

/** Puts everything together over a database, signs in and starts it. The simulator has to be well for that. */
export async function startUnderstudy(simulator: Simulator, options: SteppedOptions): Promise<SteppedUnderstudy> {
  const clock = createSteppedClock(simulator.truth().now)
  const network = createNetwork(clock)
  const log = createSilentLog()
  const notices: Notice[] = []
  const journal = createMemoryJournal()
  const vault = createMemoryVault()
  const { zendesk, control } = simulator.description
  await fetch(`${control.url}/oauth`, { method: 'POST', body: JSON.stringify({ approve: true }) })
  if (!(await signInByHand(zendesk.url, vault, clock.now(), firstLifeSeconds))) throw new Error('nobody could sign in')
  const first = options.open()
  storeWorkspace(first, options.workspace ?? simulatorDescriptionSchema.parse(simulator.description).workspace)
  transaction(first, () => writeFact(first, 'zendesk', 'poll-seed', options.seed ?? 1, clock.now()))
  const begin = (db: WriteDb) => beginRun(simulator, options, { db, clock, log, network, notices, journal, vault })
  let db = first
  let run = begin(db)
  const again = async (): Promise<void> => {
    db = options.open()
    run = begin(db)
    await network.settle()
  }
  const restart = async (): Promise<void> => {
    await run.stop()
    db.close()
    await again()
  }
  const advance = (ms: number): void => {
    simulator.advanceBy(ms)
    clock.step(ms)
  }
  const wake = (): void => {
    run.sync.wake()
    run.outbox.wake()
  }

  return {
    clock,
    network,
    get db() {
      return db
    },
    get sync() {
      return run.sync
    },
    get outbox() {
      return run.outbox
    },
    notices,
    logged: log.lines,
    async pass(ms) {
      const end = clock.now() + ms
      await network.settle()
      while (clock.now() < end) {
        const due = Math.min(end, ...clock.waitingFor)
        advance(Math.min(end - clock.now(), Math.max(1, Math.ceil(due - clock.now()))))
        await network.settle()
      }
    },
    async kill() {
      run.kill()
      await network.settle()
      await again()
    },
    restart,
    async sleep(ms, told) {
      network.cut()
      advance(ms)
      if (told) wake()
      await network.settle()
    },
    async signIn(lifeSeconds) {
      const isIn = await signInByHand(zendesk.url, vault, clock.now(), lifeSeconds)
      // Another session takes the place of the present one.
      if (isIn) await restart()
      return isIn
    },
    isSignedOut: async () => parseTokenRecord((await vault.get(oauthKey)) ?? '')?.state !== 'living',
    probe: () => run.probe(),
    wake,
    stop: () => run.stop(),
  }
}

interface RunParts {
  readonly db: WriteDb
  readonly clock: SteppedClock
  readonly log: Log
  readonly network: Network
  readonly notices: Notice[]
  readonly journal: Journal
  readonly vault: SecretVault
}

/** One life of the app, from its start to its end. */
function beginRun(simulator: Simulator, options: SteppedOptions, parts: RunParts) {
  const { db, network, notices, journal, vault } = parts
  const { url } = simulator.description.zendesk
  const stopping = new AbortController()
  const life = createLife(parts)
  const { clock, log } = life
  const transport = life.hears(
    createTransport({
      name: 'Zendesk',
      origin: url,
      log,
      signal: stopping.signal,
      clock,
      fetch: network.fetch,
      timeoutMs,
      perMinute: () => perMinute,
      history: createRequestHistory(db, new URL(url).host),
      random: () => 0.5,
    }),
  )
  const report = () => undefined
  const send = createSignedRequests(createOauthCredentials({ url, vault, transport, clock, report }), transport)
  const reach = { url, send }
  const api = createZendeskApi(reach)
  const path = () => slaPath(readFact(db, 'zendesk', 'probe', zendeskProbe) ?? unprobed)
  const alerts = createAlerts({
    db,
    clock,
    log,
    journal,
    notifier: {
      native: true,
      state: () => ({ allowed: 'yes', problem: null }),
      show: (notice) => void (life.isOver() || notices.push(notice)),
      close: () => undefined,
    },
    settings: () => settingsSchema.parse({}),
    policy: () => policyOf('2025-04'),
    signIns: () => [],
    open: () => undefined,
    onChange: () => undefined,
  })
  const sync = createSync({
    db,
    sources: { zendesk: { api, transport, slaPath: path }, gitlab: null },
    clock,
    log,
    stopping: stopping.signal,
    everySeconds: () => options.everySeconds ?? 60,
    workSince: () => clock.now() - weeks9Ms,
    onPage: () => undefined,
    onStep: () => alerts.look(),
    onState: () => undefined,
  })
  const outbox = createOutbox({
    db,
    zendesk: { reads: api('person'), writes: createZendeskWrites(url, send) },
    gitlab: null,
    clock,
    log,
    stopping: stopping.signal,
    me: () => readRoster(db).me,
    abilities: () => ({ mayWrite: null, ccsAndFollowers: 'on', lightAgent: false }),
    onIssues: () => undefined,
    onChange: () => undefined,
  })
  alerts.start()
  sync.start()
  outbox.start()
  return {
    sync,
    outbox,
    async stop() {
      stopping.abort()
      await Promise.all([sync.stop(), outbox.stop()])
      await alerts.stop()
    },
    kill() {
      life.end()
      network.cut()
      db.close()
      // Only what would keep this process from ending: nobody hears of it.
      stopping.abort()
    },
    async probe() {
      const probe = await probeZendesk(reach, () => clock.now())
      transaction(db, () => writeFact(db, 'zendesk', 'probe', probe, clock.now()))
    },
  }
}

/** What a process has of the world. When it ends, nothing comes in or goes out any more. */
function createLife({ clock, log }: Pick<RunParts, 'clock' | 'log'>) {
  const timers = new Set<() => void>()
  const never = new Promise<never>(() => undefined)
  let isOver = false
  const unlessOver = (write: Log['info']) => (fields: object, message: string) => {
    if (!isOver) write(fields, message)
  }
  const own: Clock = {
    speed: clock.speed,
    now: clock.now,
    wakeAt(at, wake) {
      if (isOver) return () => undefined
      const cancel = clock.wakeAt(at, () => {
        timers.delete(cancel)
        wake()
      })
      timers.add(cancel)
      return cancel
    },
  }
  return {
    clock: own,
    log: {
      debug: unlessOver(log.debug),
      info: unlessOver(log.info),
      warn: unlessOver(log.warn),
      error: unlessOver(log.error),
    },
    hears: (transport: Transport): Transport => ({
      ...transport,
      get requestCount() {
        return transport.requestCount
      },
      async request(what) {
        try {
          return await transport.request(what)
        } finally {
          if (isOver) await never
        }
      },
    }),
    isOver: () => isOver,
    end() {
      isOver = true
      for (const cancel of timers) cancel()
    },
  }
}
