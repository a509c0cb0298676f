import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WorkIntent } from '#contract/work-intent.ts'
import { tickTask } from '#core/issues/tick-task.ts'
import { branchName } from '#core/outbox/branch-name.ts'
import { stripMarkers } from '#core/outbox/marker.ts'
import { issueHolds } from '#core/outbox/work-judge.ts'
import { readOutboxRow, type WorkRow } from '#service/db/outbox.ts'
import { readChangeableIssue } from '#service/db/work-targets.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { Refusal } from '#service/refusal.ts'
import type { MisbehaviourOrder } from '#simulator/http/misbehaviour.ts'
import { withMemoryDatabase } from '#test/support/memory-database.ts'
import type { OutboxSetting } from '#test/support/outbox-setting.ts'
import { putRight, simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting, type MadeIssue } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()
let made = 0

const issueCount = 2
const place = fc.nat({ max: issueCount - 1 })
const kinds = [
  ...(['create-issue', 'issue-comment', 'issue-labels', 'issue-state', 'issue-task', 'issue-text'] as const),
  ...(['create-label', 'subscribe-label', 'create-board', 'commit', 'merge-request'] as const),
]

/** Right before the outbox makes that many more calls, or before it changes something. */
const moment = fc.oneof(fc.nat({ max: 12 }), fc.constant('change' as const))
type Moment = typeof moment extends fc.Arbitrary<infer Value> ? Value : never

const foreign = fc.record({
  place,
  does: fc.constantFrom(
    ...(['adds', 'rewrites', 'ticks', 'closes', 'opens', 'labels', 'comments', 'deletes', 'commits'] as const),
  ),
  /** Null is at once. */
  before: fc.option(moment, { freq: 4 }),
})
type Foreign = typeof foreign extends fc.Arbitrary<infer Value> ? Value : never
/** What changes a description. GitLab has nothing that refuses the second of two, so none of it happens between a look and its change. */
const ofTexts: readonly Foreign['does'][] = ['adds', 'rewrites', 'ticks']

const trouble: fc.Arbitrary<MisbehaviourOrder> = fc.record({
  target: fc.constant('gitlab' as const),
  // Not what others call: they would wait for ever.
  pathContains: fc.constant('/api/v4/projects/'),
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...(['lost-502', 'lost-cut', 'truncate'] as const)) },
    { weight: 8, arbitrary: fc.constantFrom(...(['409', '429', '401', '403', '404', '502', '503', 'html'] as const)) },
    { weight: 1, arbitrary: fc.constantFrom(...(['hang', 'lost-hang'] as const)) },
  ),
  method: fc.constantFrom(...(['POST', 'POST', 'POST', 'PUT', 'PUT', 'GET'] as const)),
  count: fc.constantFrom(1, 1, 1, 2),
  skip: fc.constantFrom(0, 0, 0, 1, 2),
  retryAfter: fc.constant(1),
})

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 2 })
const scene = fc.record({
  order: fc.array(fc.record({ kind: fc.constantFrom(...kinds), place }), { minLength: 1, maxLength: 5 }),
  trouble: maybe(trouble),
  foreign: maybe(foreign),
  /** Before the request is sent, or once GitLab has carried it out and before the answer is stored. */
  kill: maybe(fc.record({ before: moment, answered: fc.boolean() })),
  /** The network is gone at first, and the app is started anew before it is back. */
  offline: fc.nat({ max: 9 }).map((one) => one === 0),
  free: fc.boolean(),
  decide: maybe(fc.record({ what: fc.constantFrom('retry', 'discard', 'mine', 'theirs'), nth: fc.nat({ max: 5 }) })),
  flushes: fc.integer({ min: 0, max: 3 }),
})
type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never

/** One run: an outbox with its issues and a file, what is to happen when, and what the person has seen and decided. */
async function world(db: WriteDb) {
  let calls = 0
  const due: { at: Moment; what?: Foreign['does']; happen: (() => Promise<unknown>) | 'kill' | 'kill-answered' }[] = []
  const inMoment = (before: Moment): Moment => (before === 'change' ? before : calls + 1 + before)
  let killed: () => void = () => undefined
  /** What happens meanwhile does so while changes are made, not while a person looks at a preview. */
  let isFlushing = false
  const untrue: string[] = []
  const seenVerified = new Set<number>()
  /** Changes about which a person decided once more. */
  const decided = new Set<number>()
  /** Texts of an issue, or of the file, that the person has seen or written: replacing any of them is no surprise. */
  const seen = new Map<string, Set<string>>()
  const see = (of: string, text: string | undefined) => {
    if (text !== undefined) seen.set(of, (seen.get(of) ?? new Set()).add(stripMarkers(text)))
  }
  /** Ticks of an issue that the person ordered: a text that they know is also known with one of them, whoever made it. */
  const ticksOf = new Map<string, Extract<WorkIntent, { kind: 'issue-task' }>[]>()
  const hasSeen = (of: string, text: string) => {
    const known = [...(seen.get(of) ?? [])]
    const withTicks = known.flatMap((one) =>
      (ticksOf.get(of) ?? []).flatMap((tick) => {
        const ticked = tickTask(one, tick)
        return ticked.kind === 'ticked' ? [ticked.description] : []
      }),
    )
    return [...known, ...withTicks].includes(stripMarkers(text))
  }

  const outbox: OutboxSetting = gitlab.at({
    db,
    betweenGitlab: async (request, send) => {
      outbox.pass(1000)
      calls += 1
      const isChange = request.method !== 'GET'
      const sent = isChange && request.body ? JSON.parse(String(request.body)) : {}
      const setsText = typeof sent.description === 'string' && request.method === 'PUT'
      const now = due
        .filter(({ at }) => isFlushing && (at === 'change' ? isChange : at <= calls))
        .filter(({ what }) => !(setsText && what !== undefined && ofTexts.includes(what)))
      for (const one of now) {
        due.splice(due.indexOf(one), 1)
        if (typeof one.happen === 'function') await one.happen()
      }
      outbox.pass(1000)
      const kill = now.find(({ happen }) => typeof happen === 'string')?.happen
      const end = () => {
        outbox.restart()
        killed()
        return new Promise<never>(() => undefined)
      }
      if (kill === 'kill') return end()
      if (setsText) checkText(Number(/\/issues\/(\d+)/.exec(request.url)?.[1]), sent.description)
      const answer = send(request).catch((failure: unknown) => {
        outbox.pass(1000)
        throw failure
      })
      if (kill !== 'kill-answered') return answer
      await answer.catch(() => undefined)
      return end()
    },
    onChange: (entries) => {
      for (const id of entries) checkVerified(id)
    },
  })
  const work = await workSetting(gitlab.simulator, outbox)
  await work.readProject()
  await outbox.outbox.preview([{ kind: 'subscribe-label', projectId: work.projectId, name: 'x' }])
  const path = `notes/${(made += 1)}.md`
  await work.file(path, 'first\n')
  const issues: MadeIssue[] = []
  while (issues.length < issueCount) {
    issues.push(await work.issue({ title: `Issue ${(made += 1)}`, description: 'Text.\n- [ ] Task\n- [ ] Other' }))
  }
  const issueAt = (at: number) => issues[at] ?? { projectId: 0, iid: 0, id: 0 }

  /** A text that takes the place of another one was ticked in it, or the person knew the other one. */
  function checkText(iid: number, text: string) {
    const before = work.trueIssue({ projectId: work.projectId, iid }).description ?? ''
    const name = `issue ${iid}`
    const ticks = [true, false].some((done) => {
      const ticked = tickTask(before, { text: 'Task', nth: 0, done })
      return ticked.kind === 'ticked' && ticked.description === text
    })
    if (!ticks && !hasSeen(name, before)) untrue.push(`#${iid} was overwritten unseen: ${before}`)
    if (!ticks || hasSeen(name, before)) see(name, text)
  }

  function checkVerified(id: number) {
    const row = readOutboxRow(db, id)
    if (row?.state !== 'verified' || row.host !== 'gitlab' || seenVerified.has(id)) return
    seenVerified.add(id)
    const { wish } = row
    if (!('iid' in wish) || wish.kind === 'issue-comment') return
    const issue = work.trueIssue(wish)
    if (!issueHolds(wish, { ...issue, description: issue.description ?? '' })) untrue.push(`${row.words} is not so`)
  }

  const fileNow = () =>
    work.holds().files.find((file) => file.path === path && !file.branch.startsWith('understudy/'))?.content ?? ''

  async function intentOf(kind: (typeof kinds)[number], at: number): Promise<WorkIntent> {
    const n = (made += 1)
    const { projectId, iid } = issueAt(at)
    const issue = { projectId, iid }
    switch (kind) {
      case 'create-issue':
        return {
          ...{ kind, projectId, title: `New ${n}`, description: 'Text', labels: [work.label.toLowerCase()] },
          ...{ assigneeIds: [], confidential: false, dueDate: null },
        }
      case 'issue-comment':
        return { kind, ...issue, body: `Comment ${n}.`, internal: n % 2 === 0 }
      case 'issue-labels':
        return { kind, ...issue, add: [`with ${n % 3}`], remove: [`with ${(n + 1) % 3}`] }
      case 'issue-state':
        return { kind, ...issue, state: n % 2 === 0 ? 'closed' : 'opened' }
      case 'issue-task':
        return { kind, ...issue, text: 'Task', nth: 0, done: n % 3 !== 0 }
      case 'issue-text':
        return { kind, ...issue, description: `Mine ${n}.\n- [ ] Task` }
      case 'create-label':
        return { kind, projectId, name: `Label ${n}`, color: '#6699cc', description: '' }
      case 'subscribe-label':
        return { kind, projectId, name: work.label }
      case 'create-board': {
        const label = `Of board ${n}`
        await work.ask.order(`/gitlab/projects/${projectId}/labels`, { name: label })
        return { kind, projectId, name: `Board ${n}`, label }
      }
      case 'commit':
      case 'merge-request': {
        const about = { title: `Change ${n}`, description: '', assigneeIds: [] }
        return { kind: 'file-change', projectId, path, content: `mine ${n}\n`, by: kind, ...about }
      }
    }
  }

  async function order(...intents: readonly WorkIntent[]) {
    try {
      const previews = await outbox.outbox.preview(intents)
      await outbox.outbox.send(previews.map(({ intent, stamp }) => ({ intent, stamp })))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return
    }
    for (const intent of intents) {
      if (intent.kind !== 'issue-task') continue
      const name = `issue ${intent.iid}`
      ticksOf.set(name, [...(ticksOf.get(name) ?? []), intent])
    }
    for (const { projectId, iid } of issues) see(`issue ${iid}`, readChangeableIssue(db, projectId, iid)?.description)
  }

  async function interfere(what: Foreign) {
    const issue = issueAt(what.place)
    const { description } = work.trueIssue(issue)
    const n = (made += 1)
    const does = {
      adds: () => work.change(issue, { description: `${description ?? ''}\nLine ${n} of theirs.` }),
      rewrites: () => work.change(issue, { description: `Theirs ${n}.\n- [ ] Task` }),
      ticks: () => work.change(issue, { description: (description ?? '').replace('[ ] Task', '[x] Task') }),
      closes: () => work.change(issue, { state: 'closed' }),
      opens: () => work.change(issue, { state: 'opened' }),
      labels: () => work.change(issue, { labels: [work.label, `with ${n % 3}`] }),
      comments: () => work.ask.order(`/gitlab/items/${issue.id}/notes`, { body: `Theirs ${n}.` }),
      deletes: () => work.change(issue, { is_gone: true }),
      commits: () => work.file(path, `theirs ${n}\n`),
    }
    await does[what.does]()
  }

  function decide(what: NonNullable<Scene['decide']>['what'], nth: number) {
    const { entries } = outbox.outbox.list({ limit: 100, unsettled: true })
    const open = entries.filter(({ state }) => state === 'failed' || state === 'conflict' || state === 'queued')
    const entry = open[nth % Math.max(1, open.length)]
    if (!entry) return
    try {
      if (what === 'retry') outbox.outbox.retry(entry.id)
      else if (what === 'discard') outbox.outbox.discard(entry.id)
      else outbox.outbox.resolve(entry.id, what)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return
    }
    decided.add(entry.id)
    const row = readOutboxRow(db, entry.id)
    if (row?.host === 'gitlab' && 'iid' in row.wish && what === 'mine')
      see(`issue ${row.wish.iid}`, row.before.description)
  }

  async function flush() {
    const end = new Promise<void>((resolve) => (killed = resolve))
    isFlushing = true
    await Promise.race([outbox.outbox.flush(), end])
    isFlushing = false
  }

  async function take(one: Scene) {
    const intents: WorkIntent[] = []
    for (const { kind, place: at } of one.order) intents.push(await intentOf(kind, at))
    await order(...intents)
    await work.ask.order('/gitlab', { licence: one.free ? 'free' : 'premium' })
    const { kill, foreign: what } = one
    if (one.trouble) gitlab.simulator.misbehave(one.trouble)
    if (kill) due.push({ at: inMoment(kill.before), happen: kill.answered ? 'kill-answered' : 'kill' })
    if (what?.before === null) await interfere(what)
    else if (what) due.push({ at: inMoment(what.before), what: what.does, happen: () => interfere(what) })
    if (one.offline) {
      await work.ask.order('/port', { target: 'gitlab', open: false })
      await flush()
      outbox.restart()
      await work.ask.order('/port', { target: 'gitlab', open: true })
    }
    for (let times = 0; times < one.flushes; times += 1) {
      await flush()
      outbox.pass(40_000)
    }
    if (one.decide) decide(one.decide.what, one.decide.nth)
  }

  return { work, outbox, issues, take, due, untrue, decided, fileNow }
}

type Run = Awaited<ReturnType<typeof world>>

/** What may not have been said of something that is there all the same. */
const unsure = /not known|may be there|not to be seen|took it away/

/** How often what an order makes is there. */
function timesOf({ work }: Run, wish: WorkRow['wish']): number | null {
  const { notes, labels, boards, mergeRequests } = work.holds()
  switch (wish.kind) {
    case 'create-issue':
      return work.titled(wish.title).length
    case 'issue-comment':
      return notes.filter(({ body }) => stripMarkers(body) === wish.body).length
    case 'create-label':
      return labels.filter(({ name }) => name.toLowerCase() === wish.name.toLowerCase()).length
    case 'create-board':
      return boards.filter(({ name }) => name === wish.name).length
    case 'file-change': {
      if (wish.by === 'commit') return null
      const branch = branchName(wish.projectId, wish.path, wish.content)
      return mergeRequests.filter(({ sourceBranch }) => sourceBranch === branch).length
    }
    case 'issue-labels':
    case 'issue-state':
    case 'issue-task':
    case 'issue-text':
    case 'subscribe-label':
      return null
  }
}

function check(run: Run) {
  const { work, outbox, issues, untrue, decided } = run
  const { entries, waiting } = outbox.outbox.list({ limit: 1000, unsettled: false })
  expect(entries.filter(({ state }) => ['queued', 'sending', 'sent'].includes(state))).toEqual([])
  expect(waiting).toBe(0)
  expect(untrue).toEqual([])
  for (const entry of entries) {
    const row = readOutboxRow(outbox.db, entry.id)
    const times = row?.host === 'gitlab' ? timesOf(run, row.wish) : null
    if (times === null) continue
    const what = [entry.words, entry.state, entry.problem]
    expect([...what, times <= 1]).toEqual([...what, true])
    if (entry.state === 'verified') expect([...what, times]).toEqual([...what, 1])
    if (entry.state === 'discarded' && entry.attempts === 0) expect([...what, times]).toEqual([...what, 0])
    // A board and a merge request take several calls; what of them is there is gone on with when it is tried again.
    const isOne = row?.wish.kind !== 'create-board' && row?.wish.kind !== 'file-change'
    if (isOne && entry.state === 'failed' && !unsure.test(entry.problem ?? '')) {
      expect([...what, times]).toEqual([...what, 0])
    }
  }
  const { notes } = work.holds()
  for (const { iid, id: itemId } of issues) {
    const bodies = notes.filter((note) => note.itemId === itemId).map(({ body }) => stripMarkers(body))
    const places = entries.toReversed().flatMap(({ id, intent, state }) => {
      const isMine = intent.kind === 'issue-comment' && intent.iid === iid && state === 'verified' && !decided.has(id)
      return isMine ? [bodies.indexOf(intent.body)] : []
    })
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  }
}

const runs = Number(process.env['OUTBOX_RUNS'] ?? 40)

test(
  'whatever fails, whoever interferes and whenever it is killed: every change in GitLab ends, in order, nothing is made twice, what is said is so, nobody is overwritten unseen',
  { timeout: 600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scene, { minLength: 1, maxLength: 5 }), (scenes) =>
        withMemoryDatabase(async (db) => {
          const run = await world(db)
          for (const one of scenes) await run.take(one)
          run.due.length = 0
          await putRight(run.outbox)
          await run.work.settle()
          check(run)
        }),
      ),
      { numRuns: runs },
    )
  },
)
