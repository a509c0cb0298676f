import { join } from 'node:path'
import type { ZendeskConnection } from '#contract/connections.ts'
import type { GitlabConnection } from '#contract/gitlab-connection.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import { describeOptions, readArguments, type CommandOptions } from '#service/doors/command-arguments.ts'
import { readGitlabUrl } from '#service/doors/read-gitlab-url.ts'
import { readZendeskUrl } from '#service/doors/read-zendesk-url.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import { secretVariable } from '#service/secrets/environment-vault.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { dataFolderOf, dataFolderOption, openToWrite } from './open-cli.ts'
import { isoInstant, printJson } from './print.ts'

const options = {
  url: {
    type: 'string',
    value: 'URL',
    help: 'your company’s Zendesk, like acme.zendesk.com, or GitLab, like gitlab.com',
  },
  email: { type: 'string', value: 'EMAIL', help: 'the address you sign in to Zendesk with' },
  'token-stdin': { type: 'boolean', help: 'read a token that you have from standard input' },
  json: { type: 'boolean', help: 'print what was found as JSON' },
  ...dataFolderOption,
} as const satisfies CommandOptions

/** `understudy connect`: signs in to the person's own Zendesk, or adds their GitLab, for machines without a window. */
export const connectCommand: Command = {
  summary: 'connect your own Zendesk, and your GitLab beside it',
  help: `Connects your own Zendesk in place of the sample, with an API token that you have, and then your GitLab beside it, with a
personal access token. OAuth and your company’s own sign-in page are in the window, under Settings › Connections.

understudy connect zendesk --url URL --email EMAIL --token-stdin < token.txt
understudy connect gitlab --url URL --token-stdin < token.txt

${describeOptions(options)}

A GitLab token needs the right read_api to read, or api to send changes too. Plain http is for this computer only. There is
no keychain here: a token is kept in secrets.json in the data folder, readable to you alone, or only until the command ends
with UNDERSTUDY_SECRETS=memory.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 1)
    const [what] = words
    if (what !== 'zendesk' && what !== 'gitlab') {
      throw new Problem(
        'usage',
        'Say what to connect: understudy connect zendesk, or understudy connect gitlab. See --help.',
      )
    }
    const order = what === 'zendesk' ? zendeskOrder(given) : gitlabOrder(given)
    if (!given['token-stdin']) {
      throw new Problem(
        'usage',
        '--token-stdin is missing. The token is read from standard input, so that no list of processes shows it.',
      )
    }
    const token = (await terminal.readInput()).trim()
    if (token === '')
      throw new Problem('usage', 'Standard input was empty. Write the token to it, like: understudy … < token.txt')
    if (order.warning !== null) terminal.say(order.warning)
    const { service, vault, close } = await openToWrite(given, terminal, { connect: false, keepSecrets: true })
    try {
      const answer = await callProcedure(service.router, order.procedure, { ...order.input, token })
      const { json, words: sentences } = order.tell(answer)
      if (given.json) await printJson(terminal, json)
      else await terminal.print(sentences)
      if (!vault.persistent)
        terminal.say(
          `The token is forgotten when this command ends. The next ones find it in ${secretVariable(order.secret)}.`,
        )
      else
        terminal.say(
          `The token is kept in ${join(dataFolderOf(given, terminal), 'secrets.json')}, readable to you alone.`,
        )
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

/** What is asked of the service, and how its answer is told. */
interface ConnectOrder {
  readonly procedure: string
  readonly input: object
  /** Name of the token in the vault. */
  readonly secret: string
  /** What may be wrong with the address, or null. */
  readonly warning: string | null
  tell(answer: unknown): { readonly json: object; readonly words: string }
}

interface Given {
  readonly url?: string
  readonly email?: string
}

function zendeskOrder({ url, email }: Given): ConnectOrder {
  if (url === undefined) throw new Problem('usage', '--url is missing. Write --url acme.zendesk.com.')
  const { warning } = readZendeskUrl('url', url)
  if (email === undefined)
    throw new Problem('usage', '--email is missing. Write --email with the address you sign in with.')
  return {
    procedure: 'connections.connectZendesk',
    input: { url, email },
    secret: 'zendesk.token',
    warning,
    tell(answer) {
      const connection = answer as ZendeskConnection
      return { json: record(connection), words: wordsFor(connection) }
    },
  }
}

function gitlabOrder({ url, email }: Given): ConnectOrder {
  if (url === undefined) throw new Problem('usage', '--url is missing. Write --url gitlab.com, or your company’s own.')
  readGitlabUrl('url', url)
  if (email !== undefined) throw new Problem('usage', '--email is for Zendesk only. Leave it out.')
  return {
    procedure: 'connections.connectGitlabToken',
    input: { url },
    secret: 'gitlab.token',
    warning: null,
    tell(answer) {
      const connection = answer as GitlabConnection
      return { json: gitlabRecord(connection), words: gitlabWords(connection) }
    },
  }
}

function gitlabRecord({ url, kind, user, mode, health, warning }: GitlabConnection): object {
  return {
    url,
    kind,
    user,
    mode,
    scopes: health?.scopes ?? null,
    ends_at: isoInstant(health?.endsAt ?? null),
    advice: [...(warning === null ? [] : [warning]), ...(health?.advice ?? [])],
  }
}

function gitlabWords({ url, user, modeWords, health, warning }: GitlabConnection): string {
  const sentences = [modeWords, ...(warning === null ? [] : [warning]), ...(health?.advice ?? [])]
  return (
    `Connected to ${url} as ${user.name} (@${user.username}).\n${sentences.map((sentence) => `  ${sentence}\n`).join('')}` +
    'Issues are read of accounts that name their label and their project in the window, under Accounts.\n'
  )
}

function record({ url, kind, user, probe, health }: ZendeskConnection): object {
  return {
    url,
    kind,
    user,
    ends_at: isoInstant(health?.endsAt ?? null),
    probe: probe && {
      slas: probe.slas,
      ccs_and_followers: probe.ccsAndFollowers,
      plan_per_minute: probe.planPerMinute,
      role: probe.role,
      restriction: probe.restriction,
    },
    advice: [...(health?.advice ?? []), ...(probe?.meaning ?? [])],
  }
}

function wordsFor({ url, user, health, probe }: ZendeskConnection): string {
  const sentences = [...(probe?.meaning ?? []), ...(health?.advice ?? [])]
  const who = user ? ` as ${user.name} (${user.role})` : ''
  return (
    `Connected to ${url}${who}.\n${sentences.map((sentence) => `  ${sentence}\n`).join('')}` +
    'Follow your accounts with: understudy accounts add --organization ID\n'
  )
}
