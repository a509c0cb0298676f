import type { IssueRecord } from '#contract/issues.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes } from '#service/problem.ts'
import type { Service } from '#service/service.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead } from './open-cli.ts'
import { isoInstant, printJsonList, printTable } from './print.ts'

const options = {
  json: { type: 'boolean', help: 'print a JSON array, one issue a line' },
  ...workspaceOptions,
} as const satisfies CommandOptions

const pageSize = 500

/** `understudy issues`: every stored labelled issue as plain values. */
export const issuesCommand: Command = {
  summary: 'list the stored issues of labelled work',
  help: `Lists every stored issue that carries an account's label, last changed first, also while Understudy runs.

understudy issues [options]

${describeOptions(options)}

Fields with --json: kind (issue or epic), project_id (of an epic: its group's), iid, organization_id, title, state, labels, assignees, reference, url, confidential,
due_date, tasks_done, tasks_total, notes, fate, ticket_ids, created_at, updated_at, last_activity_at. Instants are ISO 8601 in UTC.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    const { service, close } = await openToRead(given, terminal)
    try {
      if (given.json) await printJsonList(terminal, allIssues(service, record))
      else await printTable(terminal, columns, allIssues(service, cells))
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

async function* allIssues<To>(service: Service, map: (issue: IssueRecord) => To): AsyncGenerator<To> {
  for (let offset = 0; ; offset += pageSize) {
    const { issues, total } = await service.client.issues.list({ offset, limit: pageSize })
    for (const issue of issues) yield map(issue)
    if (issues.length === 0 || offset + issues.length >= total) return
  }
}

function record(issue: IssueRecord): object {
  return {
    kind: issue.kind,
    project_id: issue.projectId,
    iid: issue.iid,
    organization_id: issue.accountId,
    title: issue.title,
    state: issue.state,
    labels: issue.labels,
    assignees: issue.assignees,
    reference: issue.reference,
    url: issue.url,
    confidential: issue.confidential,
    due_date: issue.dueDate,
    tasks_done: issue.tasksDone,
    tasks_total: issue.tasksTotal,
    notes: issue.notes,
    fate: issue.fate,
    ticket_ids: issue.ticketIds,
    created_at: isoInstant(issue.createdAt),
    updated_at: isoInstant(issue.updatedAt),
    last_activity_at: isoInstant(issue.lastActivityAt),
  }
}

const columns = [
  ['REFERENCE', 32],
  ['STATE', 6],
  ['DUE', 10],
  ['TITLE', 80],
] as const

function cells(issue: IssueRecord): readonly string[] {
  return [issue.reference, issue.fate ?? issue.state, issue.dueDate ?? '-', issue.title]
}
