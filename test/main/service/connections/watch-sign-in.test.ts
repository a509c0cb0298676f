import { expect, test } from 'vitest'
import { isCheckDue, isGitlabCheckDue, watchSignIn } from '#service/connections/watch-sign-in.ts'
import { writeFact } from '#service/db/facts.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import type { Session } from '#service/session.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'
import { aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

/** A database whose sign-in was looked at `checkedAt`, with a coverage of mine from `startsAt` on. */
function databaseWith(checkedAt: number | null, startsAt?: number) {
  const db = memoryDatabase()
  const [coverage] = aWorkspace().coverages
  const moved = coverage && startsAt !== undefined ? [{ ...coverage, startsAt, endsAt: startsAt + dayMs }] : []
  storeWorkspace(db, aWorkspace({ coverages: moved }))
  if (checkedAt !== null) noteCheck(db, checkedAt)
  return db
}

function noteCheck(db: ReturnType<typeof memoryDatabase>, checkedAt: number) {
  const health = { checkedAt, mayWrite: true, scopes: null, endsAt: null, advice: [] }
  writeFact(db, 'zendesk', 'health', health, checkedAt)
}

test('a sign-in is looked at once a day', () => {
  expect(isCheckDue(databaseWith(null), wednesday)).toBe(true)
  expect(isCheckDue(databaseWith(wednesday - dayMs), wednesday)).toBe(true)
  expect(isCheckDue(databaseWith(wednesday - dayMs + 1), wednesday)).toBe(false)
})

test('it is looked at once more when a coverage of mine comes within 48 hours', () => {
  const startsAt = wednesday + 48 * hourMs
  expect(isCheckDue(databaseWith(wednesday - hourMs, startsAt), wednesday - 1)).toBe(false)
  expect(isCheckDue(databaseWith(wednesday - hourMs, startsAt), wednesday)).toBe(true)
  expect(isCheckDue(databaseWith(wednesday, startsAt), wednesday + hourMs)).toBe(false)
})

test('a coverage of somebody else is none of its business', () => {
  const db = databaseWith(wednesday - hourMs, wednesday + 48 * hourMs)
  db.exec('UPDATE coverages SET cover_id = 13')
  expect(isCheckDue(db, wednesday)).toBe(false)
})

test('GitLab’s sign-in is looked at once a day, whatever is known of Zendesk’s', () => {
  const db = databaseWith(wednesday)
  expect(isGitlabCheckDue(db, wednesday)).toBe(true)
  const health = { mode: 'read-only', scopes: null, fineGrained: false, endsAt: null, places: [], advice: [] }
  writeFact(db, 'gitlab', 'health', { ...health, checkedAt: wednesday }, wednesday)
  expect(isGitlabCheckDue(db, wednesday + dayMs - 1)).toBe(false)
  expect(isGitlabCheckDue(db, wednesday + dayMs)).toBe(true)
})

test('a check from the future, before the clock was set back, counts for nothing', () => {
  expect(isCheckDue(databaseWith(wednesday + hourMs), wednesday)).toBe(true)
})

test('the watch goes on by the hour, also when a check fails, and ends when it is told to', async () => {
  const db = databaseWith(null)
  const clock = createSteppedClock(wednesday)
  const checks: number[] = []
  const workspace = { source: { kind: 'real' } }
  const stop = watchSignIn({
    // What the watch looks at of a session.
    session: () => ({ db, workspace, sources: {} }) as unknown as Session,
    isDue: (session, now) => isCheckDue(session.db, now),
    check: async () => {
      checks.push(clock.now())
      if (checks.length === 1) throw new Error('offline')
      noteCheck(db, clock.now())
    },
    clock,
    log: createSilentLog(),
  })
  for (let hour = 0; hour < 27; hour += 1) {
    clock.step(hour === 0 ? 0 : hourMs)
    await new Promise(setImmediate)
  }
  expect(checks).toEqual([wednesday, wednesday + hourMs, wednesday + 25 * hourMs])
  stop()
  clock.step(2 * dayMs)
  expect(checks).toHaveLength(3)
})
