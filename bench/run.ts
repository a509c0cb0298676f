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

const sizes = [20_000, 200_000] as const
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

interface QueryFigures {
  readonly queueMs: number
  readonly bareMs: number
}

const figures: Figure[] = []
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
      if (!first || !floor || first.tickets !== floor.tickets) {
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
      )
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
    name: 'memory growth for 10 × the tickets',
    value: ((large ?? 0) / (small ?? 1) - 1) * 100,
    unit: '%',
    aim: '≤ 20',
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report(figures)

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
  ].join('\n')
  writeFileSync(new URL('./results.md', import.meta.url), text)
  writeFileSync(
    new URL('./results.json', import.meta.url),
    `${JSON.stringify({ machine, figures: rounded }, null, 2)}\n`,
  )
  process.stdout.write(`${text}\n`)
}
