import { callProcedure } from '#service/doors/call-procedure.ts'
import { describeOptions, readArguments, type CommandOptions } from '#service/doors/command-arguments.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { dataFolderOption, openToWrite } from './open-cli.ts'

const options = { ...dataFolderOption } as const satisfies CommandOptions

/** `understudy disconnect`: signs out and forgets the secret. */
export const disconnectCommand: Command = {
  summary: 'sign out of your Zendesk',
  help: `Signs out of Zendesk and forgets the secret. What was stored of your accounts stays in the data folder.

understudy disconnect zendesk [options]

${describeOptions(options)}

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 1)
    if (words[0] !== 'zendesk') {
      throw new Problem('usage', 'Say what to disconnect: understudy disconnect zendesk. See --help.')
    }
    const { service, close } = await openToWrite(given, terminal, { connect: false })
    try {
      const { revoked } = (await callProcedure(service.router, 'connections.signOutZendesk', {})) as {
        revoked: boolean
      }
      await terminal.print(
        revoked
          ? 'Signed out. Zendesk has ended the sign-in.\n'
          : 'Signed out here. Zendesk was not told to end the sign-in, or cannot end one of this kind.\n',
      )
      return exitCodes.done
    } finally {
      await close()
    }
  },
}
