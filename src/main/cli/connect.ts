import { join } from 'node:path'
import type { ZendeskConnection } from '#contract/connections.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import { describeOptions, readArguments, type CommandOptions } from '#service/doors/command-arguments.ts'
import { readZendeskUrl } from '#service/doors/read-zendesk-url.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { dataFolderOf, dataFolderOption, openToWrite } from './open-cli.ts'
import { isoInstant, printJson } from './print.ts'

const options = {
  url: { type: 'string', value: 'URL', help: 'your company’s Zendesk, like acme.zendesk.com' },
  email: { type: 'string', value: 'EMAIL', help: 'the address you sign in to Zendesk with' },
  'token-stdin': { type: 'boolean', help: 'read an API token that you have from standard input' },
  json: { type: 'boolean', help: 'print what was found as JSON' },
  ...dataFolderOption,
} as const satisfies CommandOptions

/** `understudy connect`: signs in to the person's own Zendesk, for machines without a window. */
export const connectCommand: Command = {
  summary: 'connect your own Zendesk',
  help: `Connects your own Zendesk in place of the sample, with an API token that you have. OAuth and your company’s own
sign-in page are in the window, under Settings › Connections.

understudy connect zendesk --url URL --email EMAIL --token-stdin < token.txt

${describeOptions(options)}

Plain http is for this computer only. There is no keychain here: the token is kept in secrets.json in the data folder,
readable to you alone, or only until the command ends with UNDERSTUDY_SECRETS=memory.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 1)
    if (words[0] !== 'zendesk')
      throw new Problem('usage', 'Say what to connect: understudy connect zendesk. See --help.')
    const { url, email } = given
    if (url === undefined) throw new Problem('usage', '--url is missing. Write --url acme.zendesk.com.')
    const { warning } = readZendeskUrl('url', url)
    if (email === undefined)
      throw new Problem('usage', '--email is missing. Write --email with the address you sign in with.')
    if (!given['token-stdin']) {
      throw new Problem(
        'usage',
        '--token-stdin is missing. The token is read from standard input, so that no list of processes shows it.',
      )
    }
    const token = (await terminal.readInput()).trim()
    if (token === '')
      throw new Problem('usage', 'Standard input was empty. Write the token to it, like: understudy … < token.txt')
    if (warning !== null) terminal.say(warning)
    const { service, vault, close } = await openToWrite(given, terminal, { connect: false, keepSecrets: true })
    try {
      const connection = (await callProcedure(service.router, 'connections.connectZendesk', {
        url,
        email,
        token,
      })) as ZendeskConnection
      if (given.json) await printJson(terminal, record(connection))
      else await terminal.print(wordsFor(connection))
      if (!vault.persistent)
        terminal.say(
          'The token is forgotten when this command ends. The next ones find it in UNDERSTUDY_SECRET_ZENDESK_TOKEN.',
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
