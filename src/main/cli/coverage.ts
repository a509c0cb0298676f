import { readFile } from 'node:fs/promises'
import type { CoverageRow } from '#contract/coverage.ts'
import type { PlanDetail } from '#contract/plans.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Service } from '#service/service.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead, openToWrite } from './open-cli.ts'
import { fetchPlan, sendPlan } from './coverage-issue.ts'
import { conflictRecord, importRecord, importWords, plain, type ImportResult } from './coverage-import.ts'
import { isoInstant, printJson, printTable, readableInstant } from './print.ts'

const options = {
  markdown: { type: 'boolean', help: 'export: as Markdown that a person reads, in place of a file' },
  yes: { type: 'boolean', help: 'import, fetch: take it in; send: send it; without it only what would change is said' },
  json: { type: 'boolean', help: 'print as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

/** `understudy coverage`: who covers what, plans and what is missing in them, and handing plans over. */
export const coverageCommand: Command = {
  summary: 'who covers what, plans and their gaps; hands plans over as files and GitLab issues',
  help: `Lists coverages, plans for absences and what is missing in them, or hands a plan over.

understudy coverage [list] [options]
understudy coverage export PLAN [--markdown] [options] > FILE
understudy coverage import FILE [--yes] [options]
understudy coverage send PLAN [--yes] [options]       as a GitLab issue
understudy coverage fetch PLAN|ISSUE [--yes] [options]  from its GitLab issue, or from an address or group/project#12

${describeOptions(options)}

Fields with --json: coverages (id, organization_id, account, ase, cover, mine, phase,
starts_at, ends_at) and plans (id, ase_id, ase, phase, starts_at, ends_at, missing, conflicts, entries, findings). Instants are ISO 8601
in UTC.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 2)
    const [verb = 'list', subject] = words
    if (verb === 'list') return list(given, terminal)
    if (verb === 'export') return exportPlan(subject, given, terminal)
    if (verb === 'import') return importPlan(subject, given, terminal)
    if (verb === 'send') return sendPlan(subject, given, terminal)
    if (verb === 'fetch') return fetchPlan(subject, given, terminal)
    throw new Problem('usage', `There is no “coverage ${verb}”. There are: list, export, import, send, fetch.`)
  },
}

async function list(given: Given, terminal: Terminal): Promise<number> {
  const { service, close } = await openToRead(given, terminal)
  try {
    const { coverages } = await service.client.coverage.list({})
    const plans = await plansIn(service)
    if (given.json) {
      await printJson(terminal, { coverages: coverages.map(coverageRecord), plans: plans.map(planRecord) })
      return exitCodes.done
    }
    await printTable(
      terminal,
      [
        ['', 8],
        ['Account', 28],
        ['ASE', 20],
        ['Covered by', 20],
        ['From', 19],
        ['Until', 19],
      ],
      each(coverages),
    )
    for (const plan of plans) await printPlan(plan, terminal)
    return exitCodes.done
  } finally {
    await close()
  }
}

async function plansIn(service: Service): Promise<PlanDetail[]> {
  const { plans } = await service.client.plans.list({})
  return Promise.all(plans.map(({ id }) => service.client.plans.get({ planId: id })))
}

async function* each(coverages: readonly CoverageRow[]): AsyncGenerator<readonly string[]> {
  for (const { phase, accountName, aseName, coverName, startsAt, endsAt } of coverages) {
    yield [phase, accountName, aseName, coverName, readableInstant(startsAt), readableInstant(endsAt)]
  }
}

/** A plan in lines: whose and when, who was asked for what, and what is to be mended or known. */
async function printPlan(
  { id, aseName, startsAt, endsAt, entries, findings, conflicts }: PlanDetail,
  terminal: Terminal,
) {
  const span = (window: { startsAt: number; endsAt: number }) =>
    `${readableInstant(window.startsAt)} to ${readableInstant(window.endsAt)}`
  const asked = entries.map(
    (entry) => `${entry.accountName}: ${entry.coverName}, ${span(entry)}, ${entry.request.state}`,
  )
  const found = findings.map(({ weight, words }) => `${weight === 'missing' ? 'Missing' : 'Note'}: ${words}`)
  const crossed = conflicts.map(
    ({ about, sides }) => `Conflict: ${about}: ${sides.map(({ words }) => words).join(' / ')}`,
  )
  const lines = [`${aseName} away, ${span({ startsAt, endsAt })} (plan ${id})`]
  for (const line of [...asked, ...found, ...crossed]) lines.push(`  ${line}`)
  await terminal.print(`\n${lines.map(plain).join('\n')}\n`)
}

async function exportPlan(planId: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (planId === undefined) {
    throw new Problem('usage', 'Which plan? Write its id, as “understudy coverage” lists it: coverage export PLAN.')
  }
  const { service, close } = await openToRead(given, terminal)
  try {
    const input = { planId, as: given.markdown ? 'markdown' : 'file' }
    const { text } = (await callProcedure(service.router, 'plans.export', input)) as { text: string }
    await terminal.print(text)
    return exitCodes.done
  } finally {
    await close()
  }
}

async function importPlan(file: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (file === undefined) throw new Problem('usage', 'Which file? Write its name: coverage import FILE.')
  const text = await textOf(file)
  const apply = given.yes ?? false
  const { service, close } = await openToWrite(given, terminal, { connect: false })
  try {
    const result = (await callProcedure(service.router, 'plans.import', { text, apply })) as ImportResult
    if (given.json) await printJson(terminal, importRecord(result, apply))
    else await terminal.print(importWords(result, apply))
    return exitCodes.done
  } finally {
    await close()
  }
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Problem('usage', `${file} cannot be read. Check its name.`, { cause })
  })
}

function coverageRecord(row: CoverageRow): object {
  return {
    id: row.id,
    organization_id: row.accountId,
    account: row.accountName,
    ase: row.aseName,
    cover: row.coverName,
    mine: row.mine,
    phase: row.phase,
    starts_at: isoInstant(row.startsAt),
    ends_at: isoInstant(row.endsAt),
  }
}

function planRecord(plan: PlanDetail): object {
  return {
    id: plan.id,
    ase_id: plan.aseId,
    ase: plan.aseName,
    phase: plan.phase,
    starts_at: isoInstant(plan.startsAt),
    ends_at: isoInstant(plan.endsAt),
    missing: plan.missing,
    conflicts: plan.conflicts.map(conflictRecord),
    entries: plan.entries.map((entry) => ({
      id: entry.id,
      organization_id: entry.accountId,
      account: entry.accountName,
      cover_id: entry.coverId,
      cover: entry.coverName,
      state: entry.request.state,
      starts_at: isoInstant(entry.startsAt),
      ends_at: isoInstant(entry.endsAt),
    })),
    findings: plan.findings.map((finding) => ({
      kind: finding.kind,
      weight: finding.weight,
      organization_id: finding.accountId,
      starts_at: isoInstant(finding.startsAt),
      ends_at: isoInstant(finding.endsAt),
      words: finding.words,
    })),
  }
}
