import type { Settings } from '#contract/settings.ts'
import type { AlertNotice } from '#core/alerts/notices.ts'
import type { Policy } from '#core/policy/policy.ts'
import { nextDeadlineAfter } from '../db/alert-handoffs.ts'
import { nextEndAfter, readLooked } from '../db/alert-sources.ts'
import { findWaiting, hasWaiting, isInLedger, type AlertKey } from '../db/alerts.ts'
import { nextSnoozeWake } from '../db/snoozes.ts'
import { durably, type WriteDb } from '../db/sql.ts'
import type { Clock, Log, Notifier } from '../ports.ts'
import { createAlertOrders, type AlertOrders } from './alert-orders.ts'
import { claimDue, notInLedger } from './claim-due.ts'
import { holdsKey, readHolds } from './holds.ts'
import type { Journal } from './journal.ts'
import { lookAtTickets, minutesLookedAhead } from './look-at-tickets.ts'
import { beginLook, LookStopped, type AlertParts, type Look } from './look.ts'
import { decideAllAnew } from './release-held.ts'
import { restoreFromJournal } from './restore-from-journal.ts'
import { rememberSilenced, showClaimed, type Waited, type WaitOver } from './show-claimed.ts'
import { readSituation, type Situation } from './situation.ts'
import { standingAlerts, type SignInStanding, type StandingAlerts } from './standing-alerts.ts'

/** Raises alerts, each occasion once, and shows them. */
export interface Alerts extends AlertOrders {
  /** Looks for what is due from now on, at once and whenever something falls due. */
  start(): void
  /** Something was read, or somebody changed something that alerts follow from. */
  look(): void
  /** The machine woke up. */
  wake(): void
  /** What a window has to show because its host cannot. Asking claims it. */
  takePending(): Promise<readonly AlertNotice[]>
  /** Forgets what was told of an account and of these tickets, also outside of the database. */
  forget(accountId: number, ticketIds: readonly number[]): Promise<void>
  /** When nothing is under way any more. */
  settled(): Promise<void>
  /** Ends what is under way at a safe point. */
  stop(): Promise<void>
}

/** What alerts need. */
export interface AlertOptions {
  readonly db: WriteDb
  readonly clock: Clock
  readonly log: Log
  readonly notifier: Notifier
  readonly journal: Journal
  readonly settings: () => Settings
  readonly policy: () => Policy
  /** How each connected sign-in stands; none where only what is stored is read. */
  readonly signIns: () => readonly SignInStanding[]
  /** Brings the window up on a ticket, or with null on the list of alerts. */
  readonly open: (ticketId: number | null) => void
  /** Told which alerts are new or changed; none: any may be. */
  readonly onChange: (ids: readonly number[]) => void
}

const minuteMs = 60_000
/** A timer that comes so much later than it should says that the computer slept, or that its clock was set. */
const sleptMs = 5000
const retryMs = minuteMs
/** So long after the computer slept, or the app began, clocks that ended meanwhile wait for the sync. */
const catchUpMs = minuteMs

/** Creates the alerts of one workspace. Nothing is shown before `start`. */
export function createAlerts(options: AlertOptions): Alerts {
  const { db, clock, log, notifier, journal } = options
  const stopping = new AbortController()
  let started = false
  let isWanted = false
  let cancelTimer = () => {}
  let awakeSince = clock.now()
  let decidedUnder: string | null = null
  /** Of what a window has yet to take. */
  let over: WaitOver | null = null
  let last: Promise<unknown> = Promise.resolve()

  const orders = createAlertOrders({ ...options, look, lookAnew })
  const parts: AlertParts = {
    db,
    clock,
    log,
    notifier,
    journal,
    stopping: stopping.signal,
    onNotice: orders.followNotice,
  }

  /** One thing after the other: two looks at once would both claim the same. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }

  function look(): void {
    if (!started || isWanted) return
    isWanted = true
    carryOut(async () => {
      isWanted = false
      await lookOnce()
    })
  }

  function lookAnew(): void {
    decidedUnder = null
    look()
  }

  function carryOut(work: () => Promise<unknown>): void {
    inTurn(async () => {
      if (!stopping.signal.aborted) await work()
    }).catch((error: unknown) => {
      if (error instanceof LookStopped) return
      log.error({ err: error }, 'looking for alerts failed')
      arm(clock.now() + retryMs)
    })
  }

  function arm(at: number): void {
    cancelTimer()
    if (stopping.signal.aborted) return
    cancelTimer = clock.wakeAt(at, () => {
      if (clock.now() - at > sleptMs) awakeSince = clock.now()
      look()
    })
  }

  function begin(): Look | null {
    const now = clock.now()
    // Set back, the clock would otherwise say that the computer is not yet awake.
    awakeSince = Math.min(awakeSince, now)
    const settings = options.settings()
    const first = readLooked(db)?.first ?? now
    const situation = readSituation({ db, now, settings, policy: options.policy(), first })
    return situation && beginLook(parts, { situation, holds: readHolds(db, situation), isStale: isStale(situation) })
  }

  function isStale({ now, accounts }: Situation): boolean {
    if (now >= awakeSince + catchUpMs || options.signIns().length === 0) return false
    return [...accounts.values()].some(
      ({ concern, completedAt }) => concern !== null && completedAt !== null && completedAt < awakeSince,
    )
  }

  function standingOf({ situation }: Look): StandingAlerts {
    const isSettled = (key: AlertKey) => isInLedger(db, key) && !findWaiting(db, key)
    return standingAlerts({ db, situation, signIns: options.signIns(), awakeSince, isSettled })
  }

  async function lookOnce(): Promise<void> {
    const present = begin()
    if (!present) return
    const standing = standingOf(present)
    await lookAtTickets(present)
    claimStanding(present, standing)
    // Where it is not known what they waited for, windows take those that an earlier run left as they would any.
    const isKnown = decidedUnder !== null
    const released = await release(present, standing)
    if (notifier.native) await showClaimed(present, released)
    else if (released && isKnown) over = released
    await rememberSilenced(present)
    if (present.touched.size > 0) options.onChange([...present.touched])
    const at = nextLookAt(present, standing)
    if (present.isStale) arm(Math.min(at ?? Number.POSITIVE_INFINITY, awakeSince + catchUpMs))
    else if (at === null) cancelTimer()
    else arm(at)
  }

  /** What waits is decided anew when what holds it became another, and at the first look: a crash may have left something claimed. */
  async function release(present: Look, standing: StandingAlerts): Promise<WaitOver | null> {
    const key = holdsKey(present.holds, present.situation.settings)
    const before = decidedUnder
    if (key === before) return null
    if (before === null) await decideAllAnew(present, 'claimed', standing.due)
    await decideAllAnew(present, 'held', standing.due)
    decidedUnder = key
    return { for: waitedIn(before), at: present.situation.now }
  }

  return {
    ...orders,
    start() {
      started = true
      awakeSince = clock.now()
      carryOut(() => restoreFromJournal(parts))
      look()
    },
    look,
    wake() {
      awakeSince = clock.now()
      look()
    },
    takePending: () =>
      inTurn(async () => {
        const present = notifier.native || stopping.signal.aborted ? null : begin()
        if (!present) return []
        const standing = standingOf(present)
        await decideAllAnew(present, 'claimed', standing.due)
        const notices = await showClaimed(present, over)
        over = null
        if (present.touched.size > 0) options.onChange([...present.touched])
        return notices
      }),
    forget: (accountId, ticketIds) => {
      const gone = new Set(ticketIds)
      return inTurn(() =>
        journal.forget((line) => (line.ticketId === null ? line.accountId === accountId : gone.has(line.ticketId))),
      )
    },
    async settled() {
      while (isWanted) await last
      await last
    },
    async stop() {
      stopping.abort()
      cancelTimer()
      await last
      await journal.close()
    },
  }
}

function claimStanding(look: Look, { due }: StandingAlerts): void {
  const { db } = look.parts
  const fresh = notInLedger(db, due)
  if (fresh.length > 0) durably(db, () => claimDue(look, fresh))
}

/** What held alerts back under a key of `holdsKey`. */
function waitedIn(key: string | null): Waited {
  const [[meeting, pause] = []] = (key === null ? [] : JSON.parse(key)) as [[boolean, boolean]?]
  return meeting ? 'meeting' : pause ? 'pause' : 'quiet-hours'
}

/** When to look again: the first instant at which anything falls due, wakes or may be shown; null when nothing is to come. */
function nextLookAt({ parts, situation, holds }: Look, { nextAt }: StandingAlerts): number | null {
  const { db } = parts
  const { now } = situation
  const ends = minutesLookedAhead(situation).flatMap((minutes) => {
    const at = nextEndAfter(db, now + minutes * minuteMs)
    return at === null ? [] : [at - minutes * minuteMs]
  })
  const concerns = [...situation.accounts.values()].flatMap(({ concerns: all, knownSince }) => [
    knownSince,
    ...all.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
  ])
  const holding = [holds.meetingUntil, holds.pausedUntil, holds.quietUntil]
  const isHolding = hasWaiting(db, 'held')
  const instants = [
    ...ends,
    ...concerns,
    nextAt,
    nextDeadlineAfter(db, now),
    nextSnoozeWake(db),
    ...(isHolding ? holding : []),
  ]
  const ahead = instants.filter((at) => at !== null).filter((at) => at > now && at < 8.64e15)
  return ahead.length === 0 ? null : Math.min(...ahead)
}
