import type { WorkloadDay, WorkloadWeek } from '#contract/workload.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead } from './open-cli.ts'
import { isoInstant, printJson } from './print.ts'

const options = {
  week: { type: 'string', value: 'WEEK', help: 'an ISO week like 2026-W48 (default: the present one)' },
  day: { type: 'string', value: 'DAY', help: 'one day like 2026-11-24, in place of a week' },
  json: { type: 'boolean', help: 'print as JSON, instants as ISO 8601 in UTC' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** `understudy workload`: how many non-ASE tickets to take, and how that comes about. */
export const workloadCommand: Command = {
  summary: 'how many other tickets to take while covering, with the sum',
  help: `Says how many non-ASE tickets a week or a day leaves room for while accounts are covered, with the sum that leads there.
Also while Understudy runs.

understudy workload [--week WEEK | --day DAY] [options]

${describeOptions(options)}

Fields with --json: week, starts_at, ends_at, baseline (per_week, origin, weeks), steps, allowed, taken, left, possible,
arithmetic, source; of a day: day, working, covered_accounts, share, allowed, taken, left, possible, arithmetic, source.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    const { week, day } = given
    if (week !== undefined && day !== undefined) {
      throw new Problem('usage', '--week and --day do not go together. Write one of them.')
    }
    mustBe('week', week, (text) => /^\d{4}-W\d{2}$/.test(text), 'an ISO week like 2026-W48')
    mustBe('day', day, isDay, 'a day like 2026-11-24')
    const { service, close } = await openToRead(given, terminal)
    try {
      if (day === undefined) {
        const load = (await callProcedure(service.router, 'workload.week', { week })) as WorkloadWeek
        if (given.json) await printJson(terminal, weekRecord(load))
        else await terminal.print(weekWords(load))
      } else {
        const load = (await callProcedure(service.router, 'workload.day', { day })) as WorkloadDay
        if (given.json) await printJson(terminal, dayRecord(load))
        else await terminal.print(dayWords(load))
      }
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

function mustBe(name: string, text: string | undefined, is: (text: string) => boolean, what: string): void {
  if (text === undefined || is(text)) return
  throw new Problem('usage', `--${name} is ${what}, not ${JSON.stringify(text)}.`)
}

function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`)
  // A day that its month does not have would be read as one of the next.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(`${text}T`)
}

/** What is still to take; nothing where more was taken already. */
function leftOf({ allowed, taken }: Pick<WorkloadWeek, 'allowed' | 'taken'>): number {
  return Math.max(0, Math.round((allowed - taken) * 100) / 100)
}

function weekRecord(load: WorkloadWeek): object {
  return {
    week: load.week,
    starts_at: isoInstant(load.startsAt),
    ends_at: isoInstant(load.endsAt),
    baseline: { per_week: load.baseline.perWeek, origin: load.baseline.origin, weeks: load.baseline.weeks },
    steps: load.steps.map(({ days, coveredAccounts, share, perDay }) => ({
      days,
      covered_accounts: coveredAccounts,
      share,
      per_day: perDay,
    })),
    allowed: load.allowed,
    taken: load.taken,
    left: leftOf(load),
    possible: load.possible,
    arithmetic: load.arithmetic,
    source: load.source,
  }
}

function dayRecord(load: WorkloadDay): object {
  return {
    day: load.day,
    working: load.working,
    covered_accounts: load.coveredAccounts,
    share: load.share,
    allowed: load.allowed,
    taken: load.taken,
    left: leftOf(load),
    possible: load.possible,
    arithmetic: load.arithmetic,
    source: load.source,
  }
}

function weekWords(load: WorkloadWeek): string {
  return lines([load.week, load.arithmetic, ...sums(load), baselineWords(load.baseline), load.source])
}

function dayWords(load: WorkloadDay): string {
  const names = load.coveredAccounts.map(({ name }) => name).join(', ')
  const covered = names === '' ? 'No account is covered.' : `Covered: ${names}`
  return lines([load.day, load.arithmetic, ...sums(load), covered, load.source])
}

function sums(load: Pick<WorkloadWeek, 'allowed' | 'taken' | 'possible'>): string[] {
  const taken = `Taken: ${load.taken} of ${Math.round(load.allowed * 100) / 100}, left: ${leftOf(load)}`
  return load.possible ? [taken] : [taken, 'These are more accounts than one engineer can cover.']
}

function baselineWords({ origin, perWeek, weeks }: WorkloadWeek['baseline']): string {
  if (origin === 'none') return 'Baseline: nothing to reckon from yet. Set one, or sync first.'
  if (origin === 'set') return `Baseline: ${perWeek} a week, as it was set`
  const each = weeks.map(({ week, taken, outlier }) => `${week} ${taken}${outlier ? ' (far from the others)' : ''}`)
  return `Baseline: the mean of ${each.join(', ')}`
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`
}
