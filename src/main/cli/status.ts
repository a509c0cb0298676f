import type { AppStatus } from '#contract/app.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { runningInstance, type Instance } from '#service/instance-lock.ts'
import { exitCodes } from '#service/problem.ts'
import type { Service } from '#service/service.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { dataFolderOf, openToRead } from './open-cli.ts'
import { isoInstant, printJson, readableInstant } from './print.ts'

const options = {
  json: { type: 'boolean', help: 'print as JSON, instants as ISO 8601 in UTC' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** `understudy status`: what is stored, how fresh it is, and whether Understudy runs. */
export const statusCommand: Command = {
  summary: 'how fresh the data is, and whether Understudy runs',
  help: `Says how fresh the stored data is and whether Understudy runs.

understudy status [options]

${describeOptions(options)}

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    const { service, close } = await openToRead(given, terminal)
    try {
      const instance = runningInstance(dataFolderOf(given, terminal))
      const [status, sync] = await Promise.all([service.client.app.status({}), service.client.sync.status({})])
      if (given.json) await printJson(terminal, record(status, sync, instance))
      else await terminal.print(words(status, sync, instance))
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

type SyncStatus = Awaited<ReturnType<Service['client']['sync']['status']>>

function record(status: AppStatus, sync: SyncStatus, instance: Instance | null): object {
  const { me } = status
  return {
    version: status.version,
    workspace: status.workspace,
    me: me && { id: me.id, name: me.name, time_zone: me.timeZone },
    // SECURITY: the instance's address carries the token and is not for standard output.
    running: instance && { pid: instance.pid, host: instance.host, port: instance.port },
    unopened_alerts: status.unopenedAlerts,
    last_completed_at: isoInstant(sync.lastCompletedAt),
    scopes: sync.scopes.map(({ completedAt, ...scope }) => ({ ...scope, completed_at: isoInstant(completedAt) })),
  }
}

function words(status: AppStatus, sync: SyncStatus, instance: Instance | null): string {
  const running =
    instance === null
      ? 'not running'
      : instance.port === null
        ? `running (process ${instance.pid})`
        : `running (process ${instance.pid}, port ${instance.port})`
  const scopes = sync.scopes.map(
    ({ name, completedAt, problem }) => `  ${name}: ${problem ?? `read ${readableInstant(completedAt)}`}\n`,
  )
  return (
    `Understudy ${status.version}, ${running}\n` +
    `Workspace: ${status.workspace}${status.me ? `, for ${status.me.name}` : ''}\n` +
    `Last complete sync: ${readableInstant(sync.lastCompletedAt)}\n${scopes.join('')}`
  )
}
