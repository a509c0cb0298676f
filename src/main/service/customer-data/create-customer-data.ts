import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { KeptData } from '#contract/customer-data.ts'
import type { Policy } from '#core/policy/policy.ts'
import { ticketsToDelete } from '../db/account-data.ts'
import {
  beginRemoval,
  endRemoval,
  extendRemoval,
  readRemovals,
  storeKeepUntil,
  ticketsUnderWay,
} from '../db/data-removals.ts'
import type { Checkpointer } from '../db/checkpointer.ts'
import { backupsAmong } from '../db/open-database.ts'
import { durably, transaction, type WriteDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import type { Clock, Log } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { deleteInSlices, lookForLeft } from './delete-in-slices.ts'
import { findKept, keepingDesk, keepsIt, listKept, onItsWay } from './find-kept.ts'

/** Removes customers' data when the time has come, or at once where somebody says so. */
export interface CustomerData {
  /** What is kept and until when, and what was removed. */
  list(): KeptData[]
  /**
   * Keeps it some days longer than it would be kept, or than now where it is due.
   *
   * @throws {Refusal} when it is not kept.
   */
  keepLonger(accountId: number, days: number): KeptData
  /**
   * Removes it now, or what was left of it. Answers when it was looked for.
   *
   * @throws {Refusal} when it is not kept because of a coverage, is covered, or something of it is on its way out.
   */
  remove(accountId: number): Promise<KeptData>
  /** An account was taken off the list, with these tickets: what lies outside of its tables goes as well. */
  forget(accountId: number, ticketIds: readonly number[]): void
  /** Looks for what is due from now on: at once, and whenever something falls due. */
  start(): void
  /** The machine woke up. */
  wake(): void
  /** When nothing is under way any more. */
  settled(): Promise<void>
  /** Ends what is under way at a safe point; the next start goes on with it. */
  stop(): Promise<void>
}

/** What the removal of customers' data needs. */
export interface CustomerDataOptions {
  readonly db: WriteDb
  readonly clock: Clock
  readonly log: Log
  readonly policy: () => Policy
  /** Aborted when the service stops. */
  readonly stopping: AbortSignal
  /** Whether nothing is being read from the sources at this moment. */
  readonly isQuiet: () => boolean
  readonly checkpointer: () => Pick<Checkpointer, 'committed' | 'rewrite'>
  /** Forgets what alerts told, also outside of the database. */
  readonly forgetAlerts: (accountId: number, ticketIds: readonly number[]) => Promise<void>
  /** Told when something was removed, or is kept longer. */
  readonly onChange: (accountId: number, what: 'removed' | 'kept') => void
}

const dayMs = 86_400_000
/** What waits for somebody is looked at again after this, and so is what failed. */
const againMs = 60 * 60_000
/** How often it is tried to write the file anew while nothing is being read, and how long in between. */
const [quietTries, quietMs] = [60, 1000]

/** Creates the removal of customers' data of one workspace. */
export function createCustomerData(options: CustomerDataOptions): CustomerData {
  const { db, clock, log, stopping } = options
  const problems = new Map<number, string>()
  let started = false
  let cancelTimer = () => {}
  let last: Promise<unknown> = Promise.resolve()

  const desk = () => keepingDesk(db, { policy: options.policy(), now: clock.now(), problems })

  /** One after the other: each writes the file anew. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }

  /** @returns false when it is not to be removed any more. */
  function begin(accountId: number): boolean {
    return durably(db, () => {
      const kept = findKept(desk()).find(({ account }) => account.id === accountId)
      if (!kept || onItsWay(db, accountId) !== null) return false
      const { account, endedAt } = kept
      const ticketIds = ticketsToDelete(db, accountId, 'worked-on')
      beginRemoval(db, { accountId, accountName: account.name, endedAt }, ticketIds, clock.now())
      return true
    })
  }

  /** Goes through with a removal that was begun. */
  async function carryOut(accountId: number): Promise<void> {
    const { committed } = options.checkpointer()
    const removal = { db, accountId, ticketIds: ticketsUnderWay(db, accountId), stopping, committed }
    options.onChange(accountId, 'removed')
    try {
      const people = await deleteInSlices(removal)
      await clearFiles(accountId, removal.ticketIds)
      const left = await lookForLeft(removal, people)
      if (left > 0) log.error({ account: accountId, left }, 'something is left of removed data')
      endRemoval(db, accountId, left)
      problems.delete(accountId)
    } catch (error) {
      if (stopping.aborted) throw error
      log.error({ err: error, account: accountId }, 'customer data could not be removed')
      const reason = error instanceof Error ? error.message : String(error)
      problems.set(
        accountId,
        `It could not be removed to its end: ${reason}. Understudy tries again every hour; the log says more.`,
      )
    }
    options.onChange(accountId, 'removed')
  }

  async function clearFiles(accountId: number, ticketIds: readonly number[]): Promise<void> {
    await options.forgetAlerts(accountId, ticketIds)
    await removeBackups(db.name)
    await quiet()
    await options.checkpointer().rewrite()
  }

  /** Whoever writes waits while the file is written anew, so it is done between two readings; not for ever, since a first one can take hours. */
  async function quiet(): Promise<void> {
    for (let tries = 0; tries < quietTries && !options.isQuiet(); tries += 1) {
      stopping.throwIfAborted()
      await new Promise<void>((resolve) => {
        clock.wakeAt(clock.now() + quietMs, resolve)
        stopping.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }

  async function lookOnce(): Promise<void> {
    takeUpAgain()
    for (const { accountId, underWay } of readRemovals(db)) if (underWay) await carryOut(accountId)
    for (const kept of findKept(desk())) {
      const present = desk()
      if (kept.dueAt > present.now || keepsIt(present, kept) !== null) continue
      if (begin(kept.account.id)) await carryOut(kept.account.id)
    }
    arm()
  }

  /** What stayed because I worked on it, and was solved or given away since, goes as well. */
  function takeUpAgain(): void {
    const former = new Set(readRoster(db).formerAccounts.map(({ id }) => id))
    transaction(db, () => {
      for (const { accountId, underWay } of readRemovals(db)) {
        if (underWay || !former.has(accountId)) continue
        const ticketIds = ticketsToDelete(db, accountId, 'worked-on')
        if (ticketIds.length > 0) extendRemoval(db, accountId, ticketIds)
      }
    })
  }

  function look(): void {
    inTurn(async () => {
      if (started && !stopping.aborted) await lookOnce()
    }).catch((error: unknown) => {
      if (stopping.aborted) return
      log.error({ err: error }, 'looking for customer data to remove failed')
      armAt(clock.now() + againMs)
    })
  }

  function arm(): void {
    const now = clock.now()
    const due = findKept(desk()).map(({ dueAt }) => dueAt)
    armAt(Math.min(now + againMs, ...due.filter((at) => at > now)))
  }

  function armAt(at: number): void {
    cancelTimer()
    if (started && !stopping.aborted) cancelTimer = clock.wakeAt(at, look)
  }

  function listed(accountId: number): KeptData {
    const found = listKept(desk()).find((one) => one.accountId === accountId)
    if (found) return found
    const words = 'Nothing is kept here of this account because of a coverage of yours that is over.'
    throw new Refusal('not-found', words, { missing: { what: 'account', id: String(accountId) } })
  }

  return {
    list: () => listKept(desk()),
    keepLonger(accountId, days) {
      const { accountName, endedAt, dueAt, state } = listed(accountId)
      const isKept = findKept(desk()).some(({ account }) => account.id === accountId)
      if (!isKept)
        throw new Refusal(
          'refused',
          `${accountName}: ${state === 'removed' ? 'its data was removed' : 'it is being removed'}.`,
        )
      storeKeepUntil(db, { accountId, accountName, endedAt }, Math.max(dueAt, clock.now()) + days * dayMs)
      options.onChange(accountId, 'kept')
      return listed(accountId)
    },
    remove: (accountId) =>
      inTurn(async () => {
        const { proof } = listed(accountId)
        if (proof?.left === 0) return listed(accountId)
        if (proof) extendRemoval(db, accountId, ticketsToDelete(db, accountId, 'worked-on'))
        const onWay = onItsWay(db, accountId)
        if (onWay !== null) throw new Refusal('refused', onWay)
        const isBegun = readRemovals(db).some((removal) => removal.accountId === accountId && removal.underWay)
        if (isBegun || begin(accountId)) await carryOut(accountId)
        const problem = problems.get(accountId)
        if (problem !== undefined) throw new Refusal('refused', problem)
        return listed(accountId)
      }),
    forget(accountId, ticketIds) {
      inTurn(() => clearFiles(accountId, ticketIds)).catch((error: unknown) => {
        if (!stopping.aborted) log.error({ err: error, account: accountId }, 'files could not be cleared')
      })
    },
    start() {
      started = true
      look()
    },
    wake: look,
    async settled() {
      await last
    },
    async stop() {
      await last
      cancelTimer()
    },
  }
}

/** Copies of the database from before an update hold what it held. */
async function removeBackups(file: string): Promise<void> {
  const folder = dirname(file)
  const names = await readdir(folder)
  for (const name of backupsAmong(names, basename(file))) await rm(join(folder, name), { force: true })
}
