import { onTestFinished } from 'vitest'
import { dispatch } from '#main/cli/dispatch.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { createSimulator } from './simulator.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Types commands in a data folder of their own, and reads what they print. */
export function typing(dataDir = temporaryFolder()) {
  return async (argv: readonly string[], input = '') => {
    let printed = ''
    const terminal: Terminal = {
      print: async (text) => void (printed += text),
      say: () => undefined,
      env: {},
      readInput: async () => input,
      untilStopped: async () => undefined,
    }
    await dispatch([...argv, '--data-dir', dataDir], terminal)
    return printed
  }
}

/** The same where somebody's own Zendesk is connected. */
export async function typingConnected(dataDir = temporaryFolder()) {
  const own = await createSimulator({ seed: 5, speed: 0, scale: 100 })
  onTestFinished(() => own.stop())
  const { zendesk, workspace } = own.description
  const type = typing(dataDir)
  await type(['connect', 'zendesk', '--url', zendesk.url, '--email', zendesk.email, '--token-stdin'], zendesk.token)
  return { type, accountId: String(workspace.accounts[0]?.id), meId: workspace.meId }
}
