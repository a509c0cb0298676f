import type { TicketRecord } from '#contract/tickets.ts'
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
  json: { type: 'boolean', help: 'print a JSON array, one ticket a line' },
  ...workspaceOptions,
} as const satisfies CommandOptions

const pageSize = 500

/** `understudy tickets`: every stored ticket as plain values. */
export const ticketsCommand: Command = {
  summary: 'list the stored tickets',
  help: `Lists every stored ticket by id, also while Understudy runs.

understudy tickets [options]

${describeOptions(options)}

Fields with --json: id, subject, status, priority, organization_id, assignee_id, cc_ids, follower_ids, updated_at,
clocks (metric, stage, breach_at; null while a clock is paused). Instants are ISO 8601 in UTC.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    const { service, close } = await openToRead(given, terminal)
    try {
      const tickets = allTickets(service)
      if (given.json) await printJsonList(terminal, mapped(tickets, record))
      else await printTable(terminal, columns, mapped(tickets, cells))
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

async function* allTickets(service: Service): AsyncGenerator<TicketRecord> {
  let afterId = 0
  for (;;) {
    const { tickets, more } = await service.client.tickets.list({ afterId, limit: pageSize })
    yield* tickets
    const last = tickets.at(-1)
    if (!more || !last) return
    afterId = last.id
  }
}

async function* mapped<From, To>(items: AsyncIterable<From>, map: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield map(item)
}

function record(ticket: TicketRecord): object {
  return {
    id: ticket.id,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority,
    organization_id: ticket.organizationId,
    assignee_id: ticket.assigneeId,
    cc_ids: ticket.ccIds,
    follower_ids: ticket.followerIds,
    updated_at: isoInstant(ticket.updatedAt),
    clocks: ticket.clocks.map(({ metric, stage, breachAt }) => ({ metric, stage, breach_at: isoInstant(breachAt) })),
  }
}

const columns = [
  ['ID', 8],
  ['STATUS', 8],
  ['PRIORITY', 8],
  ['NEXT BREACH (UTC)', 17],
  ['SUBJECT', 80],
] as const

function cells(ticket: TicketRecord): readonly string[] {
  const running = ticket.clocks.filter(({ stage }) => stage === 'active')
  const breaches = running.flatMap(({ breachAt }) => (breachAt === null ? [] : [breachAt]))
  const next =
    breaches.length === 0
      ? '-'
      : isoInstant(Math.min(...breaches))
          .slice(0, 16)
          .replace('T', ' ')
  return [String(ticket.id), ticket.status, ticket.priority ?? '-', next, ticket.subject]
}
