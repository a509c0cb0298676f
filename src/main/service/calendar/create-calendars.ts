import { randomUUID } from 'node:crypto'
import type { CalendarPreview, CalendarRow } from '#contract/calendars.ts'
import { deleteCalendar, findCalendar, putCalendar, readCalendars, readEvents, replaceEvents } from '../db/calendars.ts'
import type { CalendarPurpose, StoredCalendar } from '../db/calendars.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import type { Clock, Log, SecretVault } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { readFeedAddress } from './feed-address.ts'
import { createFeedSecrets } from './feed-secrets.ts'
import { fetchFeed, type FeedAnswer, type FeedVersion } from './fetch-feed.ts'
import { createPreviews, type ReadSource } from './previews.ts'
import { previewOf } from './preview-of.ts'
import { readCalendar } from './read-calendar.ts'
import { afterFailure, afterSuccess, type Random } from './refresh-times.ts'
import { largestCalendarBytes, tooLargeWords } from './scan-ics.ts'
import { deriveRows, settled, zoneOf } from './take-in.ts'

/** What a person says of a calendar. */
export interface CalendarChoice {
  readonly name: string
  readonly purpose: CalendarPurpose
  readonly personId: number
  readonly titles: readonly string[]
}

/** What is to change of a calendar; what is left out stays. */
export type CalendarChanges = { readonly [Key in keyof CalendarChoice]?: CalendarChoice[Key] | undefined } & {
  readonly previewId?: string | undefined
}

/** Calendars that are read: absences and on-call shifts follow from them. */
export interface Calendars {
  list(): CalendarRow[]
  /** Reads a feed or a file's text and keeps it for ten minutes. Refused in words where it is none. */
  preview(
    from: { readonly url: string } | { readonly text: string; readonly name?: string | undefined },
  ): Promise<CalendarPreview>
  add(choice: CalendarChoice & { readonly previewId: string }): Promise<CalendarRow>
  change(id: string, changes: CalendarChanges): Promise<CalendarRow>
  remove(id: string): Promise<void>
  /** Reads a feed now. What fails is said in the row, and what was there stays. */
  refresh(id: string): Promise<CalendarRow>
  /** Reads the feeds that are due, one after the other. */
  refreshDue(): Promise<void>
  start(): void
  /** The machine woke up or is on the network again: what could not be reached is tried at once. */
  wake(): void
  /** Ends what is under way at a safe point. */
  stop(): Promise<void>
}

/** What calendars need. */
export interface CalendarsOptions {
  readonly db: WriteDb
  readonly vault: SecretVault
  readonly clock: Pick<Clock, 'now' | 'wakeAt' | 'speed'>
  readonly log: Log
  readonly stopping: AbortSignal
  /** Told of every change of a calendar and of what comes from it. */
  readonly onChange: (calendarId: string) => void
  /** Longest time for one reading of a feed, real ms. */
  readonly timeoutMs?: number
  readonly random?: Random
}

const weekMs = 7 * 24 * 3_600_000
/** How far calendars are read; further than this nobody plans, and what is longer ago no rule looks at. */
const weeksBack = 8
const weeksAhead = 26
/** What is over stays this long, for the weeks that baselines are the mean of. */
const weeksKept = 52
/** Sentences about single events that a calendar's row shows. */
const mostShown = 3

const forgottenWords =
  'The calendar’s address is not known here any more, because secrets are kept only until Understudy ends. Enter it again.'

/** Creates what reads calendars. Nothing is asked before `start`, unless somebody asks for it. */
export function createCalendars(options: CalendarsOptions): Calendars {
  const { db, clock, log, stopping, onChange } = options
  const random = options.random ?? Math.random
  const secrets = createFeedSecrets(options.vault)
  const previews = createPreviews(() => clock.now())
  /** Feeds whose host could not be reached, and until when a host asked to be left alone. */
  const unreached = new Set<string>()
  const restUntil = new Map<string, number>()
  /** Counts changes of where a calendar is read from: an answer of the former place is not taken in. */
  const sources = new Map<string, number>()
  let tail: Promise<unknown> = Promise.resolve()
  let cancel: (() => void) | null = null
  let started = false

  /** One feed is asked at a time. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = tail.then(work)
    tail = turn.catch(() => undefined)
    return turn
  }

  /** In so many real ms: hosts are asked no more often where the sample's time runs faster. */
  const later = (realMs: number) => clock.now() + realMs * Math.max(1, clock.speed)

  const reach = () => ({ startsAt: clock.now() - weeksBack * weekMs, endsAt: clock.now() + weeksAhead * weekMs })

  function found(id: string): StoredCalendar {
    const calendar = findCalendar(db, id)
    if (calendar) return calendar
    throw new Refusal('not-found', 'This calendar is not here any more.', { missing: { what: 'calendar', id } })
  }

  function knownPerson(id: number): void {
    if (readRoster(db).people.some((person) => person.id === id)) return
    const words = `User ${id} is nobody who is known here. Name them as the ASE of an account first.`
    throw new Refusal('not-found', words, { missing: { what: 'person', id: String(id) } })
  }

  function changed(id: string): CalendarRow {
    arm()
    onChange(id)
    return toRow(found(id))
  }

  function toRow(calendar: StoredCalendar): CalendarRow {
    const { etag: _, lastModified: __, failures: ___, ...row } = calendar
    const name = readRoster(db).people.find((person) => person.id === row.personId)?.name
    return {
      ...row,
      personName: name ?? `User ${row.personId}`,
      titles: [...row.titles],
      events: readEvents(db, row.id).filter(({ title }) => row.titles.includes(title)).length,
      problem: row.problem ?? worn(calendar),
    }
  }

  /** A file says nothing of what lies further ahead than it was read for. */
  function worn({ host, refreshedAt }: StoredCalendar): string | null {
    if (host !== null || refreshedAt === null || refreshedAt + (weeksAhead / 2) * weekMs > clock.now()) return null
    return 'This calendar was read from a file months ago. Export it anew and read it again.'
  }

  /** Stores what was read of a calendar, and what follows from it, or nothing. */
  async function takeIn(calendar: StoredCalendar, read: ReadSource, isStill: () => boolean): Promise<boolean> {
    const { contents, feed, readAt } = read
    const events = await settled(contents.events, zoneOf(db, calendar.personId))
    return transaction(db, () => {
      if (!isStill()) return false
      const shown = contents.problems.slice(0, mostShown)
      putCalendar(db, {
        // What a person changed while it was read stays changed.
        ...(findCalendar(db, calendar.id) ?? calendar),
        host: feed?.url.host ?? null,
        etag: feed?.etag ?? null,
        lastModified: feed?.lastModified ?? null,
        refreshedAt: readAt,
        nextRefreshAt: feed ? later(afterSuccess(random)) : null,
        failures: 0,
        problem: shown.length === 0 ? null : shown.join(' '),
      })
      const { startsAt: readFrom } = reach()
      replaceEvents(db, calendar.id, events, { readFrom, forgetBefore: clock.now() - weeksKept * weekMs })
      deriveRows(db, calendar.id)
      return true
    })
  }

  async function readFeed(url: URL, known: FeedVersion | null): Promise<FeedAnswer> {
    const { timeoutMs } = options
    return fetchFeed(url, {
      known,
      now: clock.now(),
      signal: stopping,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    })
  }

  async function sourceOf(url: URL, answer: Extract<FeedAnswer, { kind: 'read' }>): Promise<ReadSource> {
    const { text, etag, lastModified } = answer
    return { feed: { url, etag, lastModified }, contents: await readCalendar(text, reach()), readAt: clock.now() }
  }

  async function refreshOnce(id: string): Promise<void> {
    const calendar = findCalendar(db, id)
    if (!calendar || calendar.host === null || stopping.aborted) return
    const source = sources.get(id)
    const isStill = () => !stopping.aborted && sources.get(id) === source && findCalendar(db, id) !== undefined
    try {
      const url = await secrets.get(id)
      if (!url) throw new Refusal('refused', forgottenWords)
      const { etag, lastModified, refreshedAt } = calendar
      // A feed that had something wrong is read whole, so that what is said of it stays true.
      const isKnown = refreshedAt !== null && calendar.problem === null && hasAll(calendar)
      const answer = await readFeed(url, isKnown ? { etag, lastModified } : null)
      if (answer.kind === 'read') await takeIn(calendar, await sourceOf(url, answer), isStill)
      else if (isStill()) unchanged(id)
      unreached.delete(id)
      restUntil.delete(id)
    } catch (error) {
      if (isStill()) failed(id, error)
    }
    if (isStill()) onChange(id)
  }

  /** An unchanged feed tells of no time that came into reach since; every day it is read whole. */
  function hasAll({ refreshedAt }: StoredCalendar): boolean {
    const dayMs = weekMs / 7
    return refreshedAt !== null && Math.floor(refreshedAt / dayMs) === Math.floor(clock.now() / dayMs)
  }

  function unchanged(id: string): void {
    transaction(db, () => {
      const now = clock.now()
      const nextRefreshAt = later(afterSuccess(random))
      putCalendar(db, { ...found(id), refreshedAt: now, nextRefreshAt, failures: 0, problem: null })
      deriveRows(db, id)
    })
  }

  function failed(id: string, error: unknown): void {
    const calendar = found(id)
    const remote = error instanceof RemoteFailure ? error : null
    const foreseen = remote ?? (error instanceof Refusal ? error : null)
    if (foreseen) log.warn({ calendar: id, kind: foreseen.kind }, 'a calendar could not be read')
    else log.error({ err: error, calendar: id }, 'a calendar could not be taken in')
    const problem = foreseen?.message ?? 'The calendar could not be stored. The log says why.'
    const failures = calendar.failures + 1
    const retryAfterMs = remote?.retryAfterMs ?? null
    const nextRefreshAt = later(afterFailure(failures, retryAfterMs, random))
    putCalendar(db, { ...calendar, failures, problem, nextRefreshAt })
    if (remote?.kind === 'offline' || remote?.kind === 'timeout') unreached.add(id)
    if (retryAfterMs !== null) restUntil.set(id, later(retryAfterMs))
  }

  const isResting = (id: string) => (restUntil.get(id) ?? 0) > clock.now()

  function isDue({ id, host, nextRefreshAt, refreshedAt }: StoredCalendar): boolean {
    if (host === null || isResting(id)) return false
    const now = clock.now()
    // Read in the future: the computer's clock was set back.
    return nextRefreshAt === null || nextRefreshAt <= now || (refreshedAt !== null && refreshedAt > now)
  }

  async function refreshDue(): Promise<void> {
    for (const { id } of readCalendars(db).filter(isDue)) {
      if (stopping.aborted) return
      await inTurn(async () => {
        const calendar = findCalendar(db, id)
        if (calendar && isDue(calendar)) await refreshOnce(id)
      })
    }
  }

  function arm(): void {
    cancel?.()
    cancel = null
    if (!started || stopping.aborted) return
    const feeds = readCalendars(db).filter(({ host }) => host !== null)
    const next = Math.min(
      ...feeds.map((feed) => (isDue(feed) ? 0 : Math.max(feed.nextRefreshAt ?? 0, restUntil.get(feed.id) ?? 0))),
    )
    if (next !== Infinity) cancel = clock.wakeAt(next, run)
  }

  function run(): void {
    cancel = null
    void refreshDue()
      .catch((error: unknown) => log.error({ err: error }, 'calendars could not be refreshed'))
      .finally(arm)
  }

  return {
    list: () => readCalendars(db).map(toRow),

    async preview(from) {
      const { people, me } = readRoster(db)
      const source = 'url' in from ? await readAddress(from.url) : await readText(from.text)
      const given = 'url' in from ? null : (from.name?.replace(/\.ics$/i, '').trim() ?? null)
      return previewOf({ previewId: previews.keep(source), source, given, people, me, now: clock.now() })
    },

    async add({ previewId, ...choice }) {
      const read = previews.get(previewId)
      knownPerson(choice.personId)
      const id = randomUUID()
      if (read.feed) await secrets.set(id, read.feed.url)
      try {
        await takeIn({ ...emptyCalendar, ...choice, id }, read, () => !stopping.aborted)
      } catch (error) {
        if (read.feed) await secrets.delete(id).catch(() => undefined)
        throw error
      }
      previews.forget(previewId)
      return changed(id)
    },

    async change(id, { previewId, ...changes }) {
      const before = found(id)
      if (changes.personId !== undefined) knownPerson(changes.personId)
      const read = previewId === undefined ? null : previews.get(previewId)
      const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      if (read?.feed) await secrets.set(id, read.feed.url)
      else if (read && before.host !== null) await secrets.delete(id)
      if (read) sources.set(id, (sources.get(id) ?? 0) + 1)
      transaction(db, () => {
        putCalendar(db, { ...found(id), ...named })
        deriveRows(db, id)
      })
      if (read) await takeIn(found(id), read, () => findCalendar(db, id) !== undefined)
      if (previewId !== undefined) previews.forget(previewId)
      return changed(id)
    },

    async remove(id) {
      if (found(id).host !== null) await secrets.delete(id)
      sources.set(id, (sources.get(id) ?? 0) + 1)
      deleteCalendar(db, id)
      arm()
      onChange(id)
    },

    async refresh(id) {
      if (found(id).host === null) {
        throw new Refusal('refused', 'This calendar was read from a file. Export it anew and read it again.')
      }
      if (isResting(id))
        throw new Refusal('refused', found(id).problem ?? 'The calendar’s host asks to wait. Try again later.')
      await inTurn(() => refreshOnce(id))
      arm()
      return toRow(found(id))
    },

    refreshDue,

    start() {
      started = true
      // Zones and people may have changed meanwhile.
      for (const { id } of readCalendars(db)) deriveRows(db, id)
      arm()
    },

    wake() {
      for (const id of unreached) {
        const calendar = findCalendar(db, id)
        if (calendar && !isResting(id)) putCalendar(db, { ...calendar, nextRefreshAt: clock.now() })
      }
      unreached.clear()
      if (started && !stopping.aborted) run()
    },

    async stop() {
      started = false
      cancel?.()
      cancel = null
      await tail
    },
  }

  async function readAddress(text: string): Promise<ReadSource> {
    const { url, problem } = readFeedAddress(text)
    if (url === null) throw new Refusal('refused', problem)
    return inTurn(async () => {
      const answer = await readFeed(url, null)
      if (answer.kind === 'unchanged') throw new Error('Nothing was known that could be unchanged')
      return sourceOf(url, answer)
    })
  }

  async function readText(text: string): Promise<ReadSource> {
    if (Buffer.byteLength(text) > largestCalendarBytes) throw new Refusal('refused', tooLargeWords)
    return { feed: null, contents: await readCalendar(text, reach()), readAt: clock.now() }
  }
}

const emptyCalendar = {
  host: null,
  etag: null,
  lastModified: null,
  refreshedAt: null,
  nextRefreshAt: null,
  failures: 0,
  problem: null,
}
