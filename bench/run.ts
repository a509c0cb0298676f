import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { runChild } from './run-child.ts'
import { startSimulator, type BenchSimulator } from './start-simulator.ts'

/** One figure: what was measured, and what it should be. */
interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly aim: string
}

const sizes = [50_000, 200_000] as const
/** Part of the simulator's tickets that belongs to customers without an ASE and is not synced. */
const unsyncedShare = 0.233
const rounds = 3

/** A quiet start decides little; the middle one of three does. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

interface SyncFigures {
  readonly ms: number
  readonly cpuMs: number
  readonly tickets: number
  readonly delayP99Ms: number
  readonly turnCpuP99Ms: number
  readonly peakMb: number
}

interface FloorFigures {
  readonly ms: number
  readonly cpuMs: number
  readonly tickets: number
}

interface RateFigures {
  readonly perHour: number
  readonly mostInAnHour: number
  readonly mostInAMinute: number
  readonly liveAtFirst: number
  readonly changesPerHour: number
  readonly unseenP50Ms: number
  readonly unseenMaxMs: number
  readonly alerts: number
  readonly alertP99Ms: number
}

interface AlertFigures {
  readonly held: number
  readonly addedMb: number
  readonly idleMs: number
  readonly dueMs: number
  readonly floorMs: number
}

interface HandoffFigures {
  readonly accounts: number
  readonly tickets: number
  readonly listMs: number
  readonly bareListMs: number
  readonly getMs: number
  readonly saveMs: number
  readonly bareSaveMs: number
}

interface ReturnFigures {
  readonly rows: number
  readonly listMs: number
  readonly worstMs: number
  readonly bareMs: number
}

interface DayFigures {
  readonly hours: number
  readonly requests: number
  readonly mostInAMinute: number
  readonly tickets: number
  readonly events: number
  readonly outbox: Readonly<Record<string, number>>
  readonly met: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<'lost' | 'doubled' | 'budget' | 'bugs' | 'unmet', number>>
  readonly unseenP50Ms: number
  readonly unseenMaxMs: number
}

interface QueryFigures {
  readonly queueMs: number
  readonly bareMs: number
  /** Of the slowest week. */
  readonly loadMs: number
  readonly bareLoadMs: number
}

interface BriefFigures {
  /** Before anything was read. */
  readonly firstMs: number
  readonly briefMs: number
  readonly bareMs: number
}

const figures: Figure[] = []
/** What went wrong in the simulated day, and how often. */
const met: [kind: string, times: number][] = []
const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
try {
  const peaks: number[] = []
  for (const size of sizes) {
    const simulator = await startSimulator(Math.round(size / (1 - unsyncedShare)))
    try {
      const control = simulator.controlUrl
      const syncs: SyncFigures[] = []
      const floors: FloorFigures[] = []
      for (let round = 0; round < (size === sizes[0] ? rounds : 1); round += 1) {
        const dataDir = join(folder, `sync-${size}-${round}`)
        syncs.push(await runChild<SyncFigures>('measure-sync.ts', [control, dataDir]))
        floors.push(
          await runChild<FloorFigures>('measure-floor.ts', [control, join(folder, `floor-${size}-${round}.db`)]),
        )
      }
      const [first] = syncs
      const [floor] = floors
      // A list of all tickets has a few of other customers as well, which are not stored.
      if (!first || !floor || first.tickets > floor.tickets || first.tickets < floor.tickets * 0.99) {
        throw new Error(
          `The floor read ${floor?.tickets} tickets and the sync stored ${first?.tickets}; they must read the same.`,
        )
      }
      const k = `${size / 1000}k`
      peaks.push(median(syncs.map((sync) => sync.peakMb)))
      if (size === sizes[0]) {
        figures.push(
          {
            name: `sync ${k} tickets ÷ floor`,
            value: median(syncs.map((sync, i) => sync.ms / (floors[i]?.ms ?? Number.NaN))),
            unit: '×',
            aim: '≤ 1.5',
          },
          {
            name: `sync ${k} tickets, processor time ÷ floor`,
            value: median(syncs.map((sync, i) => sync.cpuMs / (floors[i]?.cpuMs ?? Number.NaN))),
            unit: '×',
            aim: 'none',
          },
          {
            name: `event-loop delay p99 during sync of ${k}`,
            value: median(syncs.map((sync) => sync.delayP99Ms)),
            unit: 'ms',
            aim: '≤ 8',
          },
        )
      }
      figures.push({ name: `tickets stored at ${k}`, value: first.tickets, unit: 'tickets', aim: 'none' })
      figures.push({ name: `peak memory at ${k}`, value: peaks.at(-1) ?? Number.NaN, unit: 'MB', aim: 'none' })
      const query = await runChild<QueryFigures>('measure-queue.ts', [control, join(folder, `sync-${size}-0`)])
      figures.push(
        { name: `Today query at ${k}`, value: query.queueMs, unit: 'ms', aim: size === sizes[1] ? '≤ 5' : 'none' },
        {
          name: `Today query at ${k} ÷ bare read of the same rows`,
          value: query.queueMs / query.bareMs,
          unit: '×',
          aim: 'none',
        },
        { name: `load of any week at ${k}`, value: query.loadMs, unit: 'ms', aim: size === sizes[1] ? '≤ 10' : 'none' },
        {
          name: `load of any week at ${k} ÷ bare read of what was taken`,
          value: query.loadMs / query.bareLoadMs,
          unit: '×',
          aim: 'none',
        },
      )
      if (size === sizes[1]) figures.push(...(await briefFigures(control, join(folder, `sync-${size}-0`), k)))
      if (size === sizes[0]) figures.push(...(await delayFigures(simulator, k)))
      if (size === sizes[0]) {
        const starts: number[] = []
        const bare: number[] = []
        for (let round = 0; round < rounds; round += 1) {
          bare.push((await runChild<{ ms: number }>('measure-bare-start.ts', [])).ms)
          starts.push((await runChild<{ ms: number }>('measure-start.ts', [join(folder, `sync-${size}-0`)])).ms)
        }
        figures.push(
          { name: 'start to first answer', value: median(starts), unit: 'ms', aim: 'none' },
          {
            name: 'start to first answer ÷ start of a bare Node',
            value: median(starts.map((start, i) => start / (bare[i] ?? Number.NaN))),
            unit: '×',
            aim: 'none',
          },
        )
      }
    } finally {
      await simulator.stop()
    }
  }
  const [small, large] = peaks
  figures.push({
    name: `memory growth for ${sizes[1] / sizes[0]} × the tickets`,
    value: ((large ?? 0) / (small ?? 1) - 1) * 100,
    unit: '%',
    aim: '≤ 20',
  })
  for (const accounts of [4, 20]) figures.push(...(await rateFigures(accounts)))
  figures.push(...(await alertFigures()), ...(await handoffFigures()), ...(await returnFigures()))
  const day = await runChild<DayFigures>('measure-day.ts', [join(folder, 'day')])
  figures.push(...dayFigures(day))
  met.push(...Object.entries(day.met))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report(figures)

/** How soon an emergency's brief is at hand, from what is stored alone. */
async function briefFigures(control: string, dataDir: string, k: string): Promise<Figure[]> {
  const brief = await runChild<BriefFigures>('measure-brief.ts', [control, dataDir])
  return [
    { name: `first brief of an emergency at ${k}`, value: brief.firstMs, unit: 'ms', aim: '≤ 1000' },
    { name: `brief of an emergency at ${k}`, value: brief.briefMs, unit: 'ms', aim: 'none' },
    {
      name: `brief of an emergency at ${k} ÷ bare read of its rows and the subjects searched`,
      value: brief.briefMs / brief.bareMs,
      unit: '×',
      aim: 'none',
    },
  ]
}

/** How much of the event loop's delay is the app's own doing: here the simulator does not compete for the processors. */
async function delayFigures(simulator: BenchSimulator, k: string): Promise<Figure[]> {
  simulator.giveWay()
  const syncs: SyncFigures[] = []
  for (let round = 0; round < rounds; round += 1) {
    const args = [simulator.controlUrl, join(folder, `delay-${round}`)]
    syncs.push(await runChild<SyncFigures>('measure-sync.ts', args))
  }
  return [
    {
      name: `event-loop delay p99 during sync of ${k}, simulator giving way`,
      value: median(syncs.map((sync) => sync.delayP99Ms)),
      unit: 'ms',
      aim: 'none',
    },
    {
      name: `own processor time per turn, p99, simulator giving way`,
      value: median(syncs.map((sync) => sync.turnCpuP99Ms)),
      unit: 'ms',
      aim: 'none',
    },
  ]
}

/** What it takes to poll each minute, and how soon changes are seen, on a simulated day in which nothing goes wrong. */
async function rateFigures(accounts: number): Promise<Figure[]> {
  const rate = await runChild<RateFigures>('measure-rate.ts', [join(folder, `rate-${accounts}`), String(accounts)])
  const at = `${accounts} accounts, ${rate.liveAtFirst} live tickets`
  return [
    { name: `requests an hour, ${at}`, value: rate.perHour, unit: 'requests', aim: '≤ 150' },
    { name: `requests in the busiest hour, ${at}`, value: rate.mostInAnHour, unit: 'requests', aim: 'none' },
    { name: `requests in the busiest minute, ${at}`, value: rate.mostInAMinute, unit: 'requests', aim: '≤ 20' },
    { name: `changes an hour, ${at}`, value: rate.changesPerHour, unit: 'changes', aim: 'none' },
    { name: `change unseen for, p50, ${at}`, value: rate.unseenP50Ms / 1000, unit: 's', aim: '≤ 60' },
    { name: `change unseen for, at most, ${at}`, value: rate.unseenMaxMs / 1000, unit: 's', aim: '≤ 70' },
    {
      name: `new ticket announced after, p99 of ${rate.alerts}, ${at}`,
      value: rate.alertP99Ms / 1000,
      unit: 's',
      aim: '≤ 62',
    },
  ]
}

/** What it takes to hold many deadlines, and to wake for one of them. */
async function alertFigures(): Promise<Figure[]> {
  const { held, ...alerts } = await runChild<AlertFigures>(
    'measure-alerts.ts',
    [join(folder, 'alerts')],
    ['--expose-gc'],
  )
  const at = `${held / 1000}k deadlines held`
  return [
    { name: `memory that alerts add, ${at}`, value: alerts.addedMb, unit: 'MB', aim: '≤ 5' },
    { name: `wake at which nothing is due, ${at}`, value: alerts.idleMs, unit: 'ms', aim: '≤ 1' },
    { name: `wake at which one is announced, ${at}`, value: alerts.dueMs, unit: 'ms', aim: 'none' },
    {
      name: `wake at which one is announced ÷ one lookup and one row that survives a power cut, ${at}`,
      value: alerts.dueMs / alerts.floorMs,
      unit: '×',
      aim: 'none',
    },
  ]
}

/** What it takes to show a whole packet of handoffs, and to keep what is typed. */
async function handoffFigures(): Promise<Figure[]> {
  const handoff = await runChild<HandoffFigures>('measure-handoff.ts', [join(folder, 'handoff')])
  const { accounts, tickets, listMs, bareListMs, getMs, saveMs, bareSaveMs } = handoff
  const of = `${accounts} accounts, ${tickets} tickets`
  return [
    { name: `packet of handoffs, ${of}`, value: listMs, unit: 'ms', aim: '≤ 100' },
    { name: `packet ÷ bare read of the same rows, ${of}`, value: listMs / bareListMs, unit: '×', aim: 'none' },
    { name: `handoff of one account, ${of}`, value: getMs, unit: 'ms', aim: '≤ 100' },
    { name: `line of a handoff stored, ${of}`, value: saveMs, unit: 'ms', aim: '≤ 50' },
    {
      name: `line stored ÷ one row that survives a power cut, ${of}`,
      value: saveMs / bareSaveMs,
      unit: '×',
      aim: 'none',
    },
  ]
}

/** What it takes to build the list of a return meeting: 500 changes of 100 tickets, with their messages. */
async function returnFigures(): Promise<Figure[]> {
  const { rows, listMs, worstMs, bareMs } = await runChild<ReturnFigures>('measure-return.ts', [join(folder, 'return')])
  const of = `500 changes, ${rows} rows`
  return [
    { name: `list of a return meeting, ${of}`, value: listMs, unit: 'ms', aim: '≤ 100' },
    { name: `list of a return meeting at worst, ${of}`, value: worstMs, unit: 'ms', aim: 'none' },
    { name: `list ÷ bare read of the same rows, ${of}`, value: listMs / bareMs, unit: '×', aim: 'none' },
  ]
}

/** A simulated day in which Zendesk, the network and the computer misbehave. */
function dayFigures({ hours, faults, ...day }: DayFigures): Figure[] {
  const of = `in ${hours} simulated hours of misbehaviour`
  const writes = Object.values(day.outbox).reduce((sum, n) => sum + n, 0)
  return [
    { name: `lost ${of}`, value: faults.lost, unit: 'tickets, messages, events, alerts or changes', aim: '≤ 0' },
    { name: `doubled ${of}`, value: faults.doubled, unit: 'events, alerts or changes', aim: '≤ 0' },
    { name: `requests beyond a budget ${of}`, value: faults.budget, unit: 'requests', aim: '≤ 0' },
    { name: `errors in the log ${of}`, value: faults.bugs, unit: 'errors', aim: '≤ 0' },
    { name: `ways to misbehave that did not come up ${of}`, value: faults.unmet, unit: 'ways', aim: '≤ 0' },
    { name: `ways to misbehave that came up ${of}`, value: Object.keys(day.met).length, unit: 'ways', aim: 'none' },
    { name: `requests ${of}`, value: day.requests, unit: 'requests', aim: 'none' },
    { name: `requests in the busiest minute ${of}`, value: day.mostInAMinute, unit: 'requests', aim: '≤ 20' },
    { name: `events recorded ${of}`, value: day.events, unit: 'events', aim: 'none' },
    { name: `tickets stored ${of}`, value: day.tickets, unit: 'tickets', aim: 'none' },
    { name: `changes ordered ${of}`, value: writes, unit: 'changes', aim: 'none' },
    { name: `changes verified ${of}`, value: day.outbox['verified'] ?? 0, unit: 'changes', aim: 'none' },
    { name: `change unseen for, p50, in its calm hours`, value: day.unseenP50Ms / 1000, unit: 's', aim: 'none' },
    { name: `change unseen for, at most, in its calm hours`, value: day.unseenMaxMs / 1000, unit: 's', aim: '≤ 70' },
  ]
}

/** Whether a figure keeps its aim; null where there is none. */
function keeps({ value, aim }: Figure): boolean | null {
  const [, most] = /^≤ ([\d.]+)$/.exec(aim) ?? []
  return most === undefined ? null : value <= Number(most)
}

function report(all: readonly Figure[]): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}`
  const rounded = all.map((figure) => ({ ...figure, value: Math.round(figure.value * 100) / 100 }))
  const rows = rounded.map((figure) => {
    const verdict = keeps(figure)
    return `| ${figure.name} | ${figure.value} ${figure.unit} | ${figure.aim} | ${verdict === null ? '' : verdict ? 'kept' : '**missed**'} |`
  })
  const text = [
    '# Bench results',
    '',
    `Written by \`npm run bench\` on ${machine}.`,
    '',
    'The floor is the least any program must do with the same pages: fetch, JSON.parse, and one bare insert per ticket, in the same run. Event-loop delay is read every millisecond and includes that millisecond: an idle loop reads about 1.1 ms.',
    '',
    '| figure | value | aim | |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '## What went wrong in the simulated day',
    '',
    'Kinds of misbehaviour are those of docs/simulator.md, on Zendesk; the others are of the network, the computer, the app and the sign-in. After it, what is stored was compared with what the simulator knows.',
    '',
    '| what | times |',
    '| --- | --- |',
    ...met.toSorted(([a], [b]) => a.localeCompare(b, 'en')).map(([kind, times]) => `| ${kind} | ${times} |`),
    '',
  ].join('\n')
  writeFileSync(new URL('./results.md', import.meta.url), text)
  writeFileSync(
    new URL('./results.json', import.meta.url),
    `${JSON.stringify({ machine, figures: rounded, met: Object.fromEntries(met) }, null, 2)}\n`,
  )
  process.stdout.write(`${text}\n`)
}
