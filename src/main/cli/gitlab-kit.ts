import type { AccountKit, KitStep } from '#contract/account-kit.ts'
import type { OutboxEntry, WritePreview } from '#contract/outbox.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  readWholeNumber,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Service } from '#service/service.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToWrite } from './open-cli.ts'
import { isoInstant, printJson } from './print.ts'

const options = {
  account: { type: 'string', value: 'ID', help: 'number of the account’s organization in Zendesk' },
  project: { type: 'string', value: 'ID', help: 'which project, where the account’s group has several' },
  place: { type: 'string', value: 'PATH', help: 'a group or project instead of the account’s own; stored by --set-up' },
  'set-up': { type: 'boolean', help: 'say what making the missing parts would do' },
  yes: { type: 'boolean', help: 'with --set-up: make them' },
  json: { type: 'boolean', help: 'print as JSON, with the announcements' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

/** `understudy gitlab-kit`: what an account's GitLab project has and lacks, and making the rest. */
export const gitlabKitCommand: Command = {
  summary: 'label, subscription, board and call template of an account’s project',
  help: `Looks whether an account’s GitLab project has its label, your subscription to it, a board and an issue template for calls.
With --set-up it says what making the missing ones would do and who sees it; with --set-up --yes it makes them.

understudy gitlab-kit --account ID [--project ID] [--place PATH] [options]
understudy gitlab-kit --account ID --set-up [--yes] [options]

${describeOptions(options)}

Fields with --json: organization_id, account, project, projects, label, steps (id, state, words, url, would), announcements (to, subject, text), as_of;
with --set-up --yes also changes (id, kind, state, problem, url). States of steps: done, missing, waiting, not-permitted, unknown.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    if (given.account === undefined) {
      throw new Problem('usage', '--account is missing. Write --account with the number of the organization.')
    }
    if (given.yes && !given['set-up']) throw new Problem('usage', '--yes goes with --set-up.')
    const asked = questionOf(given, given.account)
    const { service, close } = await openToWrite(given, terminal)
    try {
      const kit = (await callProcedure(service.router, 'accountKits.look', asked)) as AccountKit
      if (given['set-up'] && given.yes) return await setUp(kit, { given, asked, service, terminal })
      if (given.json) await printJson(terminal, record(kit))
      else await terminal.print(text([...stateLines(kit), ...(given['set-up'] ? [...planLines(kit), notYet] : [])]))
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

const notYet = 'Nothing was changed. Write --set-up --yes to do it.'

interface Question {
  readonly accountId: number
  readonly projectId?: number
  readonly place?: string
}

function questionOf({ project, place }: Given, account: string): Question {
  return {
    accountId: readWholeNumber('account', account, 1, Number.MAX_SAFE_INTEGER),
    ...(project === undefined ? {} : { projectId: readWholeNumber('project', project, 1, Number.MAX_SAFE_INTEGER) }),
    ...(place === undefined ? {} : { place }),
  }
}

interface SetUp {
  readonly given: Given
  readonly asked: Question
  readonly service: Service
  readonly terminal: Terminal
}

/** Stores label and place with the account where they are new, orders what is missing, sends it, and says what became of it. */
async function setUp(kit: AccountKit, { given, asked, service, terminal }: SetUp): Promise<number> {
  if (!kit.project) throw new Problem('usage', whichProject(kit))
  if (!given.json) await terminal.print(text([...stateLines(kit), ...planLines(kit), '']))
  const links = await linksOf(kit, asked, service)
  if (Object.keys(links).length > 0) {
    await callProcedure(service.router, 'accounts.change', { id: kit.accountId, ...links })
  }
  const orders = kit.steps.flatMap(({ preview }) => preview ?? []).map(({ intent, stamp }) => ({ intent, stamp }))
  const ids =
    orders.length === 0
      ? []
      : ((await callProcedure(service.router, 'outbox.send', { orders })) as { ids: readonly number[] }).ids
  await service.flush()
  const { entries } = await service.client.outbox.list({ limit: 1000 })
  const changes = entries.filter(({ id }) => ids.includes(id)).toReversed()
  if (given.json) await printJson(terminal, { ...record(kit), changes: changes.map(changeRecord) })
  else await terminal.print(text(changeLines(changes)))
  return changes.every(({ state }) => state !== 'failed' && state !== 'conflict') ? exitCodes.done : exitCodes.failed
}

/** What the account does not have yet of the label and the place. */
async function linksOf(
  { accountId, label, project }: AccountKit,
  { place }: Question,
  service: Service,
): Promise<{ readonly label?: string; readonly gitlabGroup?: string }> {
  const { accounts } = await service.client.accounts.list({})
  const before = accounts.find(({ id }) => id === accountId)?.gitlabGroup ?? null
  const wanted = place ?? before ?? project?.path
  return {
    ...(label.ofAccount ? {} : { label: label.name }),
    ...(wanted === undefined || wanted === before ? {} : { gitlabGroup: wanted }),
  }
}

function whichProject({ projects, accountName }: AccountKit): string {
  return projects.length === 0
    ? `${accountName} has no project in GitLab here. Name its group or project with --place.`
    : `Which project? Write --project with one of: ${projects.map(({ id, path }) => `${id} (${path})`).join(', ')}.`
}

const stepNames: Readonly<Record<KitStep['id'], string>> = {
  label: 'Label',
  subscription: 'Subscription',
  board: 'Board',
  template: 'Call template',
}

function stateLines(kit: AccountKit): string[] {
  const { project, label, steps } = kit
  return [
    `${kit.accountName} (${kit.accountId})`,
    ...(project ? [`Project ${project.path}. ${project.customerSees.words}`] : [whichProject(kit)]),
    `Label ${label.name}. ${label.words}`,
    ...steps.map(({ id, state, words }) => `  ${stepNames[id].padEnd(13)}  ${state.padEnd(13)}  ${words}`),
  ]
}

/** What making the missing parts would do. */
function planLines({ label, steps, project }: AccountKit): string[] {
  const missing = steps.flatMap(({ id, preview }) => (preview ? [{ id, preview }] : []))
  if (!project) return []
  return [
    '',
    ...(label.ofAccount ? [] : [`Stored with the account: the label ${label.name}.`]),
    ...(missing.length === 0 ? ['Nothing is to be made.'] : []),
    ...missing.flatMap(({ id, preview }) => [
      `${stepNames[id]}: ${preview.words}`,
      ...fileLines(preview),
      `  ${preview.customerSees.visible ? 'Seen by the customer' : 'Not seen by the customer'}: ${preview.customerSees.words}`,
      ...preview.warnings.map((warning) => `  Note: ${warning}`),
    ]),
  ]
}

/** What is written into a file, and what stands on the merge request that asks for it. */
function fileLines({ intent }: WritePreview): string[] {
  if (intent.kind !== 'file-change') return []
  const lines = intent.content.replace(/\n$/, '').split('\n')
  return [
    ...lines.map((line) => `  | ${line}`.trimEnd()),
    ...(intent.by === 'merge-request' ? [`  The merge request says: ${intent.description}`] : []),
  ]
}

function changeLines(changes: readonly OutboxEntry[]): string[] {
  if (changes.length === 0) return ['Nothing was to be made.']
  return changes.map(({ words, state, problem }) => `${state}: ${words}${problem === null ? '' : ` ${problem}`}`)
}

function text(lines: readonly string[]): string {
  // SECURITY: names of projects, labels and branches are written by others; control characters would command the terminal.
  return `${lines.map((line) => line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')).join('\n')}\n`
}

function record(kit: AccountKit): object {
  return {
    organization_id: kit.accountId,
    account: kit.accountName,
    project: kit.project && projectRecord(kit.project),
    projects: kit.projects.map(projectRecord),
    label: { name: kit.label.name, of_account: kit.label.ofAccount, words: kit.label.words },
    steps: kit.steps.map(({ id, state, words, url, preview }) => ({
      ...{ id, state, words, url },
      would: preview && {
        words: preview.words,
        ...(preview.intent.kind === 'file-change' ? { content: preview.intent.content } : {}),
        customer_sees: preview.customerSees,
        warnings: preview.warnings,
      },
    })),
    announcements: kit.announcements,
    as_of: isoInstant(kit.asOf),
  }
}

function projectRecord({ id, path, url, customerSees }: NonNullable<AccountKit['project']>): object {
  return { id, path, url, customer_sees: customerSees }
}

function changeRecord({ id, intent, state, problem, url }: OutboxEntry): object {
  return { id, kind: intent.kind, state, problem, url }
}
