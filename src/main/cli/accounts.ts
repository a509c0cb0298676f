import type { AccountPolicy, AccountRow } from '#contract/accounts.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  readWholeNumber,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import type { Service } from '#service/service.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { myId } from './my-id.ts'
import { openToRead, openToWrite } from './open-cli.ts'
import { isoInstant, printJson, printTable } from './print.ts'

const options = {
  organization: { type: 'string', value: 'ID', help: 'number of the organization in Zendesk' },
  ase: { type: 'string', value: 'ID', help: 'add, change: Zendesk user id of the ASE, “me”, or “none”' },
  'ase-since': {
    type: 'string',
    value: 'DATE',
    help: 'add, change: the day the ASE took the account, like 2026-03-01',
  },
  label: { type: 'string', value: 'LABEL', help: 'add, change: label of its issues, like “ASE Work - Acme”' },
  reduction: {
    type: 'string',
    value: 'PERCENT',
    help: 'change: share of other ticket work that covering it takes, or “rules” for that of the handbook rules',
  },
  'not-assigned': {
    type: 'string',
    value: 'WHOSE',
    help: 'change: tickets not assigned to the ASE are theirs “like-assigned”, go by the “org-note”, or as the “rules” say',
  },
  why: { type: 'string', value: 'TEXT', help: 'change: why --reduction or --not-assigned is other than the rules' },
  'gitlab-group': { type: 'string', value: 'PATH', help: 'add, change: group or project of its issues' },
  json: { type: 'boolean', help: 'print as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

/** `understudy accounts`: which organizations are followed. */
export const accountsCommand: Command = {
  summary: 'list, find, add, change and remove accounts',
  help: `Lists the accounts, or follows one more organization, or no longer.

understudy accounts [list] [options]
understudy accounts find NAME [options]
understudy accounts add --organization ID [--ase ID|me] [options]
understudy accounts change --organization ID [options]
understudy accounts remove --organization ID [options]

${describeOptions(options)}

Removing deletes what is stored of the account on this computer; nothing changes in Zendesk.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 2)
    const [verb = 'list', name] = words
    if (verb === 'list') return list(given, terminal)
    if (verb === 'find') return find(name, given, terminal)
    if (verb === 'add' || verb === 'change' || verb === 'remove') return change(verb, given, terminal)
    throw new Problem('usage', `There is no “accounts ${verb}”. There are: list, find, add, change, remove.`)
  },
}

async function list(given: Given, terminal: Terminal): Promise<number> {
  const { service, close } = await openToRead(given, terminal)
  try {
    const { accounts } = await service.client.accounts.list({})
    if (given.json) await printJson(terminal, accounts.map(record))
    else
      await printTable(
        terminal,
        [
          ['ID', 16],
          ['Account', 32],
          ['ASE', 24],
          ['Open tickets', 12],
        ],
        each(accounts),
      )
    return exitCodes.done
  } finally {
    await close()
  }
}

async function* each(accounts: readonly AccountRow[]): AsyncGenerator<readonly string[]> {
  for (const { id, name, aseName, openTickets } of accounts)
    yield [String(id), name, aseName ?? '', String(openTickets)]
}

async function find(name: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (name === undefined) throw new Problem('usage', 'Write how the name begins: understudy accounts find ACME.')
  const { service, close } = await openToWrite(given, terminal)
  try {
    const found = (await callProcedure(service.router, 'accounts.find', { name })) as {
      organizations: readonly { id: number; name: string; followed: boolean }[]
    }
    if (given.json) await printJson(terminal, found.organizations)
    else for (const { id, name: full } of found.organizations) await terminal.print(`${id}  ${full}\n`)
    return exitCodes.done
  } finally {
    await close()
  }
}

async function change(verb: 'add' | 'change' | 'remove', given: Given, terminal: Terminal): Promise<number> {
  if (given.organization === undefined)
    throw new Problem('usage', '--organization is missing. Write --organization with its number.')
  const id = readWholeNumber('organization', given.organization, 1, Number.MAX_SAFE_INTEGER)
  const policyOverrides = overridesOf(verb, given)
  const { service, close } = await openToWrite(given, terminal)
  try {
    if (verb === 'remove') {
      await callProcedure(service.router, 'accounts.remove', { id })
      if (given.json) await printJson(terminal, { id })
      else await terminal.print(`Organization ${id} is not followed any more.\n`)
      return exitCodes.done
    }
    const input = {
      ...(verb === 'add' ? { organizationId: id } : { id }),
      ...(await linkOf(given, service)),
      ...policyOverrides,
    }
    const account = (await callProcedure(service.router, `accounts.${verb}`, input)) as AccountRow
    if (given.json) await printJson(terminal, record(account))
    else
      await terminal.print(
        `${account.name} (${account.id}) is followed${account.aseName ? `; its ASE is ${account.aseName}` : ''}.\n`,
      )
    return exitCodes.done
  } finally {
    await close()
  }
}

/** What was said of the account; what was not said is left out. */
async function linkOf(given: Given, service: Service): Promise<object> {
  const { ase, label } = given
  return {
    ...(ase === undefined ? {} : { aseId: await aseOf(ase, service) }),
    ...(given['ase-since'] === undefined ? {} : { aseSince: dayOf(given['ase-since']) }),
    ...(label === undefined ? {} : { label }),
    ...(given['gitlab-group'] === undefined ? {} : { gitlabGroup: given['gitlab-group'] }),
  }
}

async function aseOf(text: string, service: Service): Promise<number | null> {
  if (text === 'none') return null
  return text === 'me' ? myId(service) : readWholeNumber('ase', text, 1, Number.MAX_SAFE_INTEGER)
}

/** Which rules of the account are to be other ones; what was not said is left out. */
function overridesOf(verb: string, { reduction, 'not-assigned': whose, why }: Given): object {
  if (reduction === undefined && whose === undefined) {
    if (why !== undefined) throw new Problem('usage', '--why goes with --reduction or --not-assigned.')
    return {}
  }
  if (verb !== 'change') throw new Problem('usage', '--reduction and --not-assigned go with “accounts change”.')
  const reasoned = <Value>(value: Value) => {
    if (why === undefined) throw new Problem('usage', 'Say why this account has another rule: --why TEXT.')
    return { value, why }
  }
  return {
    policyOverrides: {
      ...(reduction === undefined
        ? {}
        : { reductionPerAccount: reduction === 'rules' ? null : reasoned(shareOf(reduction)) }),
      ...(whose === undefined ? {} : { notAssignedToAse: whose === 'rules' ? null : reasoned(whose) }),
    },
  }
}

function shareOf(text: string): number {
  const percent = /^\d+(\.\d)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN
  if (percent >= 0 && percent <= 100) return Math.round(percent * 10) / 1000
  throw new Problem('usage', `--reduction is a percentage from 0 to 100 or “rules”, not ${JSON.stringify(text)}.`)
}

function dayOf(text: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at)) throw new Problem('usage', `--ase-since is a day like 2026-03-01, not ${JSON.stringify(text)}.`)
  return at
}

function record(account: AccountRow): object {
  return {
    id: account.id,
    name: account.name,
    ase_id: account.aseId,
    ase_since: isoInstant(account.aseSince),
    label: account.label,
    gitlab_group: account.gitlabGroup,
    relation: account.relation,
    policy: {
      reduction_per_account: valueOf(account.policy.reductionPerAccount),
      not_assigned_to_ase: valueOf(account.policy.notAssignedToAse),
    },
    open_tickets: account.openTickets,
    tickets_synced_at: isoInstant(account.freshness.ticketsSyncedAt),
  }
}

/** What holds for the account; `own` is null where it is what the rules say. */
function valueOf({ policyValue, own }: AccountPolicy[keyof AccountPolicy]): object {
  return {
    value: own?.value ?? policyValue,
    own: own && { why: own.why, by: own.byName, set_at: isoInstant(own.setAt) },
  }
}
