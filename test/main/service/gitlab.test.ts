import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ActivityEvent } from '#contract/activity.ts'
import { listEvents } from '#service/db/events.ts'
import { writeFact } from '#service/db/facts.ts'
import { transaction, type ReadDb, type WriteDb } from '#service/db/sql.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { createSync, type Sync } from '#service/sync/create-sync.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'
import { withMemoryDatabase } from '#test/support/memory-database.ts'
import { createModelGitlab, type ModelGitlab, type ModelIssue } from '#test/support/model-gitlab.ts'
import { scriptedSources } from '#test/support/scripted-sources.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSteppedClock, type SteppedClock } from '#test/support/stepped-clock.ts'
import { aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

/** Projects by the account whose group they are in; nobody here has anything to do with the last one. */
const projects = [10, 11, 20, 21, 30]
/** Groups with epics: those of the accounts, and one below each. */
const groups = [1, 2, 6, 7]
const acmes = new Set([1, 6, 10, 11])
const labelOf = (placeId: number) => (acmes.has(placeId) ? 'ASE Work - Acme' : 'ASE Work - Borealis')
const minuteMs = 60_000

/** Something that happens in GitLab. Numbers are taken modulo what there is. */
const deed = fc.record({
  what: fc.constantFrom(
    ...(['open', 'open', 'open-epic', 'close', 'title', 'note', 'unlabel', 'unlabel', 'label', 'label'] as const),
    ...(['move', 'lose', 'find', 'lose-project', 'find-project', 'rename', 'transfer'] as const),
    ...(['lose-group', 'find-group', 'epics-elsewhere'] as const),
  ),
  which: fc.nat({ max: 40 }),
  other: fc.nat({ max: 40 }),
  quiet: fc.boolean(),
  lagMs: fc.constantFrom(0, 0, 0, 1000, 60_000, 110_000),
})
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never

/** What happens before one request is answered, or while its answer is on its way, and what becomes of that. */
const happening = fc.record({
  isUnderWay: fc.boolean(),
  deeds: fc.array(deed, { maxLength: 3 }),
  passesMs: fc.constantFrom<number>(0, 10, 900, 30_000, 200_000),
  fails: fc.constantFrom<RemoteFailureKind | 'bug' | 'kill' | null>(
    ...Array.from({ length: 24 }, () => null),
    ...(['kill', 'kill', 'kill'] as const),
    ...(['offline', 'server', 'rate-limited', 'malformed', 'rejected', 'timeout', 'bug', 'unauthorized'] as const),
    'forbidden',
  ),
})
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never

function act(gitlab: ModelGitlab, { what, which, other, quiet, lagMs }: Deed): void {
  const ids = [...gitlab.items.keys()]
  const id = ids[which % Math.max(1, ids.length)] ?? 0
  const { issue } = gitlab.items.get(id) ?? {}
  const projectId = projects[other % projects.length] ?? 10
  const lost = projects[other % 2] ?? 10
  const group = groups[other % groups.length] ?? 1
  const ways = ['rest', 'graphql', 'none'] as const
  const deeds: Record<Deed['what'], () => unknown> = {
    open: () => gitlab.open('issue', projectId, [labelOf(projectId)]),
    'open-epic': () => gitlab.open('epic', group, [labelOf(group)]),
    close: () => gitlab.change(id, { state: issue?.state === 'opened' ? 'closed' : 'opened' }, { lagMs }),
    title: () => gitlab.change(id, { title: `About ${other}` }, { lagMs }),
    note: () => gitlab.note(id),
    unlabel: () => gitlab.change(id, { labels: ['noise'] }, { quiet, lagMs }),
    label: () => issue && gitlab.change(id, { labels: [labelOf(issue.projectId)] }, { quiet, lagMs }),
    move: () => gitlab.move(id, projectId),
    lose: () => gitlab.lose(id, true, lagMs),
    find: () => gitlab.lose(id, false),
    'lose-project': () => gitlab.loseProject(lost, true),
    'find-project': () => gitlab.loseProject(lost, false),
    rename: () => gitlab.rename(projectId),
    transfer: () => gitlab.transfer(11),
    'lose-group': () => gitlab.loseGroup(1 + (other % 2), true),
    'find-group': () => gitlab.loseGroup(1 + (other % 2), false),
    'epics-elsewhere': () => void (gitlab.epicsWay = ways[other % ways.length] ?? 'rest'),
  }
  deeds[what]()
}

/** An Understudy that is killed and started again over the same database. */
function createLife(db: WriteDb, clock: SteppedClock, gitlab: ModelGitlab, left: number | null) {
  const log = createSilentLog()
  let stopping = new AbortController()
  let sync = begin()

  function begin(): Sync {
    stopping = new AbortController()
    const { sources } = scriptedSources({ gitlab: gitlab.api })
    const { transport } = sources.gitlab ?? sources.zendesk
    const meter = transport.meter()
    transport.meter = () => ({
      ...meter,
      budget: left === null ? null : { limit: 2000, remaining: left, asOf: clock.now() },
    })
    const begun = createSync({
      db,
      sources,
      clock,
      log,
      stopping: stopping.signal,
      everySeconds: () => 60,
      workSince: () => 0,
      onPage: () => undefined,
      onStep: () => undefined,
      onState: () => undefined,
    })
    begun.start()
    return begun
  }

  return {
    kill: () => stopping.abort(),
    stop: () => {
      stopping.abort()
      return sync.stop()
    },
    /** Moves on, and waits until what that led to is over. */
    async step(ms: number): Promise<void> {
      clock.step(ms)
      while (sync.state === 'syncing') await new Promise((resolve) => setImmediate(resolve))
      if (!stopping.signal.aborted) return
      await sync.stop()
      sync = begin()
    },
  }
}

interface StoredItem {
  readonly kind: string
  readonly project_id: number
  readonly iid: number
  readonly title: string
  readonly state: string
  readonly labels: string
  readonly reference: string
  readonly fate: string | null
}

const trueFate = (truth: ModelIssue, gitlab: ModelGitlab) => {
  const { issue } = truth
  if (!gitlab.isInSight(truth)) return 'out-of-sight'
  if (issue.movedToId !== null) return 'moved'
  return isLabelled(truth) ? null : 'unlabelled'
}

/** Whether it carries the label of the account in whose group it is: one that came from elsewhere may carry another one's. */
const isLabelled = ({ issue: { projectId, labels } }: ModelIssue) => labels.includes(labelOf(projectId))

/** What is stored is what there is. */
function expectTruth(db: ReadDb, gitlab: ModelGitlab): void {
  const stored = new Map(
    db
      .prepare<[], StoredItem>('SELECT * FROM issues')
      .all()
      .map((row) => [`${row.kind} ${row.project_id}/${row.iid}`, row]),
  )
  for (const truth of gitlab.items.values()) {
    const { issue } = truth
    const name = `${issue.kind} ${issue.projectId}/${issue.iid}`
    // A list of ours shows it, and would show it again.
    const isOurs = issue.projectId < 30 && gitlab.isAtHome(issue.projectId)
    const fate = trueFate(truth, gitlab)
    const row = stored.get(name)
    if (isOurs && fate === null) expect([...stored.keys()]).toContain(name)
    if (!row) continue
    // What is in no list of ours is followed until it goes, and not from one place it went to to the next.
    if (!isOurs && row.fate !== null) continue
    expect({ name, isHere: row.fate === null }).toEqual({ name, isHere: fate === null })
    if (fate !== null) continue
    const { title, state } = row
    expect({ name, title, state }).toEqual({ name, title: issue.title, state: issue.state })
    expect(JSON.parse(row.labels)).toEqual(issue.labels)
    if (issue.state !== 'opened') continue
    const notes = db
      .prepare<[string, number, number], { id: number }>(
        'SELECT id FROM issue_notes WHERE kind = ? AND project_id = ? AND iid = ? ORDER BY id',
      )
      .all(row.kind, row.project_id, row.iid)
    expect({ name, notes: notes.map(({ id }) => id) }).toEqual({ name, notes: truth.notes.map(({ id }) => id) })
  }
}

/** Fields whose every change is an event. */
const watched = ['account_id', 'title', 'state', 'labels', 'reference', 'fate'] as const

/** Has the database itself note what is stored, for comparing that with the events. */
function watchDatabase(db: WriteDb): void {
  db.exec('CREATE TEMP TABLE noted (what TEXT NOT NULL)')
  const note = (name: string, when: string, row: string) =>
    db.exec(`CREATE TEMP TRIGGER note_${name} AFTER ${when} BEGIN INSERT INTO noted SELECT ${row}; END`)
  const subject = `new.kind || ':' || new.project_id || '/' || new.iid`
  note('issue', 'INSERT ON main.issues', `${subject} || ' created'`)
  note('note', 'INSERT ON main.issue_notes', `${subject} || ' note ' || new.id`)
  for (const field of watched) {
    const row = `${subject} || ' ${field} ' || json_array(old.${field}, new.${field})`
    note(field, `UPDATE OF ${field} ON main.issues`, `${row} WHERE old.${field} IS NOT new.${field}`)
  }
}

const noted = (db: ReadDb) =>
  db
    .prepare<[], { what: string }>('SELECT what FROM noted')
    .all()
    .map(({ what }) => what)

/** Events in the words in which the database notes what is stored. */
function notesOf({ kind, subject, changes }: ActivityEvent): string[] {
  if (kind === 'issue-created') return [`${subject} created`]
  if (kind === 'note-added') return [`${subject} note ${z.object({ id: z.number() }).parse(changes['note']?.to).id}`]
  return watched.flatMap((field) => {
    const change = changes[field]
    return change ? [`${subject} ${field} ${JSON.stringify([change.from, change.to])}`] : []
  })
}

/** Nothing is said to have gone in a way in which it never was gone, and nothing more often than it went. */
function expectFatesTrue(db: ReadDb, wentTimes: ReadonlyMap<string, number>): void {
  const told = new Map<string, number>()
  for (const { subject, changes } of issueEvents(db)) {
    const fate = changes['fate']?.to
    if (typeof fate !== 'string') continue
    const name = `${subject} ${fate}`
    told.set(name, (told.get(name) ?? 0) + 1)
  }
  for (const [name, times] of told) {
    expect({ name, isTrue: times <= (wentTimes.get(name) ?? 0) }).toEqual({ name, isTrue: true })
  }
}

const issueEvents = (db: ReadDb) => listEvents(db, 0, 100_000).filter(({ kind }) => /^(issue|note)-/.test(kind))

const aDeed: Omit<Deed, 'what'> = { which: 0, other: 0, quiet: false, lagMs: 0 }

async function live(db: WriteDb, plan: Plan): Promise<void> {
  storeWorkspace(db, aWorkspace())
  watchDatabase(db)
  transaction(db, () => writeFact(db, 'zendesk', 'poll-seed', plan.seed, wednesday))
  const clock = createSteppedClock(wednesday)
  let happened = 0
  let isQuiet = false
  const gitlab = createModelGitlab(
    () => clock.now(),
    () => {
      const next = isQuiet ? undefined : plan.happenings[happened++]
      if (next?.isUnderWay) return () => happen({ ...next, passesMs: Math.min(next.passesMs, 5000) })
      if (next) happen(next)
      return undefined
    },
  )
  gitlab.sharesNumbers = true
  const wentTimes = new Map<string, number>()
  const fateOf = new Map<string, string | null>()
  function doAndNote(each: Deed): void {
    act(gitlab, each)
    for (const truth of gitlab.items.values()) {
      const { kind, projectId, iid } = truth.issue
      const subject = `${kind}:${projectId}/${iid}`
      const fate = trueFate(truth, gitlab)
      if (fate !== null && (fateOf.get(subject) ?? null) !== fate) {
        wentTimes.set(`${subject} ${fate}`, (wentTimes.get(`${subject} ${fate}`) ?? 0) + 1)
      }
      fateOf.set(subject, fate)
    }
  }
  function happen({ passesMs, deeds, fails }: Happening): void {
    clock.step(passesMs)
    for (const each of deeds) doAndNote(each)
    if (fails === 'bug') throw new TypeError('x is not a function')
    if (fails === 'kill') life.kill()
    if (fails) throw new RemoteFailure(fails === 'kill' ? 'aborted' : fails, 'It did not work.')
  }
  for (let count = 0; count < plan.opened; count += 1) {
    const projectId = projects[count % projects.length] ?? 10
    gitlab.open('issue', projectId, [labelOf(projectId)])
  }
  for (const each of plan.before) doAndNote(each)
  const { pageSize, longestList, epicsWay, hasEtags } = plan
  Object.assign(gitlab, { pageSize, longestList, epicsWay, hasEtags })
  const life = createLife(db, clock, gitlab, plan.left)
  for (let steps = 0; steps < 100 && happened < plan.happenings.length; steps += 1) await life.step(67_000)
  isQuiet = true
  // What an account has is known to be there or gone only where its group can be seen, and epics where they are told.
  for (const other of [0, 1]) doAndNote({ ...aDeed, what: 'find-group', other })
  if (gitlab.epicsWay === 'none') gitlab.epicsWay = epicsWay
  // A night's looking through takes a page in each interval; larger ones, so that it comes to its end.
  gitlab.pageSize = Math.max(gitlab.pageSize, 20)
  // Past every pause after a failure, and past two nights in which everything is looked through.
  for (let steps = 0; steps < 8; steps += 1) await life.step(16 * minuteMs)
  for (let nights = 0; nights < 2; nights += 1) {
    await life.step(20 * hourMs)
    for (let steps = 0; steps < 40; steps += 1) await life.step(10 * minuteMs)
  }
  expectTruth(db, gitlab)
  expectFatesTrue(db, wentTimes)
  expect(issueEvents(db).flatMap(notesOf).toSorted()).toEqual(noted(db).toSorted())
  const events = issueEvents(db).length
  for (let steps = 0; steps < 3; steps += 1) await life.step(70 * minuteMs)
  expect(issueEvents(db)).toHaveLength(events)
  await life.stop()
}

const plan = fc.record({
  seed: fc.nat(),
  opened: fc.integer({ min: 0, max: 16 }),
  before: fc.array(deed, { maxLength: 20, size: 'max' }),
  happenings: fc.array(happening, { minLength: 20, maxLength: 120, size: 'max' }),
  pageSize: fc.integer({ min: 1, max: 5 }),
  longestList: fc.constantFrom(1, 2, 5, 100),
  epicsWay: fc.constantFrom('rest' as const, 'graphql' as const),
  hasEtags: fc.boolean(),
  /** What is left of the host's allowance as it tells it; null where it does not. */
  left: fc.constantFrom(null, null, 2000, 900, 20),
})
type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never

test('whatever loses its label, moves, goes, comes back, lags, fails or is killed: in the end what there is is stored, and each thing that happened is one event', async () => {
  await fc.assert(
    fc.asyncProperty(plan, (each) => withMemoryDatabase((db) => live(db, each))),
    { numRuns: Number(process.env['SYNC_RUNS'] ?? 25), endOnFailure: true },
  )
}, 600_000)
