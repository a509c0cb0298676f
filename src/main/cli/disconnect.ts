import { callProcedure } from '#service/doors/call-procedure.ts'
import { describeOptions, readArguments, type CommandOptions } from '#service/doors/command-arguments.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { dataFolderOption, openToWrite } from './open-cli.ts'

const options = { ...dataFolderOption } as const satisfies CommandOptions

const sources = {
  zendesk: { name: 'Zendesk', procedure: 'connections.signOutZendesk' },
  gitlab: { name: 'GitLab', procedure: 'connections.signOutGitlab' },
} as const

/** `understudy disconnect`: signs out and forgets the secret. */
export const disconnectCommand: Command = {
  summary: 'sign out of your Zendesk, or of your GitLab',
  help: `Signs out of Zendesk or GitLab and forgets the secret. What was stored of your accounts stays in the data folder. Signing out
of Zendesk signs out of GitLab too.

understudy disconnect zendesk [options]
understudy disconnect gitlab [options]

${describeOptions(options)}

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 1)
    const [what] = words
    if (what !== 'zendesk' && what !== 'gitlab') {
      throw new Problem(
        'usage',
        'Say what to disconnect: understudy disconnect zendesk, or understudy disconnect gitlab. See --help.',
      )
    }
    const { name, procedure } = sources[what]
    const { service, close } = await openToWrite(given, terminal, { connect: false })
    try {
      const { revoked } = (await callProcedure(service.router, procedure, {})) as { revoked: boolean }
      await terminal.print(
        revoked
          ? `Signed out. ${name} has ended the sign-in.\n`
          : `Signed out here. ${name} was not told to end the sign-in, or cannot end one of this kind.\n`,
      )
      return exitCodes.done
    } finally {
      await close()
    }
  },
}
