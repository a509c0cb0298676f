import type { MeetingRow, ReturnDecided, ReturnList, ReturnMeeting } from '#contract/returns.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import { exitCodes } from '#service/problem.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead } from './open-cli.ts'
import { isoInstant, printJson, printTable, readableInstant } from './print.ts'

const options = {
  coverage: {
    type: 'string',
    value: 'ID',
    help: 'the list of this coverage; without it the return meetings are listed',
  },
  json: { type: 'boolean', help: 'print as JSON, with the evidence of each row' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** `understudy return`: what happened while somebody covered an account, and what was decided of it, for handing it back. */
export const returnCommand: Command = {
  summary: 'what happened while somebody covered, and what was decided',
  help: `Lists what is to be handed back, or what happened to an account while it was covered: the gravest first, each with its evidence
and what was decided of it. It is decided in the window; this only prints.

understudy return [options]
understudy return --coverage ID [options]

${describeOptions(options)}

Fields with --json, without a coverage: coverage_id, meeting_id, organization_id, account, ase, covers, role, state, stage (list, wrap-up,
handed-back), starts_at, ends_at, started_at, handed_back_at, decided.
With one: the same, since, until, undecided, rows, and past: decisions of rows that are not there any more. A row has key, kind, rank,
ticket_id, issue, url, subject, words, at, due_on, proposal (what, why), decision and evidence (at, by_id, by, cover, words, quote, private,
exact, comment_id). A decision has what (keep, transfer, close-out, follow-up, know), note, owner, due_on, at, by, and changed: whether
something came to the row since. Instants are ISO 8601 in UTC; notes and private evidence are not for the customer's eyes.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given } = readArguments(argv, options)
    const { service, close } = await openToRead(given, terminal)
    try {
      if (given.coverage === undefined) {
        const { meetings } = await service.client.returns.list({})
        if (given.json) await printJson(terminal, meetings.map(meetingRecord))
        else await printTable(terminal, meetingColumns, meetingRows(meetings))
        return exitCodes.done
      }
      const list = (await callProcedure(service.router, 'returns.get', { coverageId: given.coverage })) as ReturnList
      if (given.json) {
        await printJson(terminal, listRecord(list))
        return exitCodes.done
      }
      await printTable(terminal, rowColumns, listRows(list))
      await terminal.print(`${standingWords(list)}\n`)
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

const meetingColumns = [
  ['State', 9],
  ['Stage', 11],
  ['Account', 24],
  ['ASE', 18],
  ['Covered by', 28],
  ['Until', 19],
  ['Coverage', 60],
] as const

async function* meetingRows(meetings: readonly ReturnMeeting[]): AsyncGenerator<readonly string[]> {
  for (const { state, stage, accountName, aseName, covers, endsAt, coverageId } of meetings) {
    const names = [...new Set(covers.map(({ name }) => name))].join(', ')
    yield [
      state.replace('-', ' '),
      stage.replace('-', ' '),
      accountName,
      aseName,
      names,
      readableInstant(endsAt),
      coverageId,
    ]
  }
}

const rowColumns = [
  ['What', 17],
  ['Ticket', 9],
  ['Last', 19],
  ['Subject', 34],
  ['Decided', 24],
  ['In words', 80],
] as const

async function* listRows({ rows }: ReturnList): AsyncGenerator<readonly string[]> {
  for (const row of rows) {
    const { kind, ticketId, at, subject, words } = row
    yield [kind, String(ticketId ?? '-'), readableInstant(at), subject, decidedWords(row), words]
  }
}

function decidedWords({ decided }: MeetingRow): string {
  if (!decided) return '-'
  const { kind, owner, dueOn } = decided.decision
  const who = kind === 'follow-up' ? `: ${owner}, ${dueOn}` : ''
  return `${decided.changed ? 'changed since: ' : ''}${kind}${who}`
}

function standingWords({ stage, undecided, handedBackAt }: ReturnList): string {
  if (handedBackAt !== null) return `Handed back ${readableInstant(handedBackAt)}.`
  const left = undecided === 0 ? 'Nothing is undecided.' : `Undecided: ${undecided}.`
  return stage === 'wrap-up' ? `The list is closed. ${left}` : left
}

function meetingRecord({ startsAt, endsAt, startedAt, handedBackAt, covers, ...meeting }: ReturnMeeting): object {
  return {
    coverage_id: meeting.coverageId,
    meeting_id: meeting.meetingId,
    organization_id: meeting.accountId,
    account: meeting.accountName,
    ase: meeting.aseName,
    covers: covers.map((cover) => ({
      coverage_id: cover.coverageId,
      name: cover.name,
      starts_at: isoInstant(cover.startsAt),
      ends_at: isoInstant(cover.endsAt),
    })),
    role: meeting.role,
    state: meeting.state,
    stage: meeting.stage,
    starts_at: isoInstant(startsAt),
    ends_at: isoInstant(endsAt),
    started_at: isoInstant(startedAt),
    handed_back_at: isoInstant(handedBackAt),
    decided: meeting.decided,
  }
}

function decisionRecord({ decision, at, byName, changed }: ReturnDecided): object {
  const { kind, note, owner, dueOn } = decision
  return {
    ...{ what: kind, note, owner: owner === '' ? null : owner, due_on: dueOn === '' ? null : dueOn },
    ...{ at: isoInstant(at), by: byName, changed },
  }
}

function listRecord(list: ReturnList): object {
  return {
    ...meetingRecord(list),
    since: isoInstant(list.since),
    until: isoInstant(list.until),
    undecided: list.undecided,
    past: list.past.map((decided) => ({
      ...{ key: decided.key, kind: decided.kind, ticket_id: decided.ticketId, subject: decided.subject },
      ...{ words: decided.words, decision: decisionRecord(decided) },
    })),
    rows: list.rows.map((row) => ({
      key: row.key,
      kind: row.kind,
      rank: row.rank,
      ticket_id: row.ticketId,
      issue: row.issue && { kind: row.issue.kind, project_id: row.issue.projectId, iid: row.issue.iid },
      url: row.url,
      subject: row.subject,
      words: row.words,
      at: isoInstant(row.at),
      due_on: row.dueOn === '' ? null : row.dueOn,
      proposal: { what: row.proposal.kind, why: row.proposal.why },
      decision: row.decided && decisionRecord(row.decided),
      evidence: row.evidence.map((each) => ({
        at: isoInstant(each.at),
        by_id: each.byId,
        by: each.byName,
        cover: each.coverName,
        words: each.words,
        quote: each.quote,
        private: each.isPrivate,
        exact: each.isExact,
        comment_id: each.commentId,
      })),
    })),
  }
}
