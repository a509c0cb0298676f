import type { WritePreview } from '#contract/outbox.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import { plain } from './coverage-import.ts'
import { openToWrite, type WorkspaceArguments } from './open-cli.ts'
import { printJson } from './print.ts'

/** What sending and fetching understand beside the workspace. */
export type ExchangeArguments = WorkspaceArguments & { readonly yes?: boolean; readonly json?: boolean }

/**
 * Shows what a document would write to GitLab, and with `--yes` orders it.
 *
 * @param procedure what makes the preview: `plans.previewIssue`.
 */
export async function sendIssue(
  procedure: string,
  input: object,
  given: ExchangeArguments,
  terminal: Terminal,
): Promise<number> {
  const { service, close } = await openToWrite(given, terminal)
  try {
    const { preview, along } = (await callProcedure(service.router, procedure, input)) as {
      readonly preview: WritePreview
      readonly along: { readonly changes: readonly string[] }
    }
    if (preview.refusal !== null) throw new Problem('failed', preview.refusal)
    const { intent, stamp } = preview
    const change = given.yes
      ? ((await callProcedure(service.router, 'outbox.send', { orders: [{ intent, stamp }] })) as { ids: number[] })
          .ids[0]
      : undefined
    if (given.json) await printJson(terminal, sendRecord(preview, along.changes, change))
    else await terminal.print(sendWords(preview, along.changes, change))
    return exitCodes.done
  } finally {
    await close()
  }
}

function sendWords(preview: WritePreview, along: readonly string[], change: number | undefined): string {
  const { words, customerSees, warnings, intent } = preview
  const lines = [
    words,
    customerSees.words,
    ...warnings.map((warning) => `Note: ${warning}`),
    ...along.map((line) => `From the issue, sent along: ${line}`),
  ]
  if (change !== undefined) {
    const how = 'It goes out with the next “understudy sync --once”, or when Understudy runs.'
    return `${[...lines, `Taken over as change ${change}. ${how}`].map(plain).join('\n')}\n`
  }
  const text = 'description' in intent ? intent.description.split('\n').map((line) => `  ${plain(line)}`) : []
  const end = 'Nothing was sent. Write --yes to send it.'
  return `${[...lines.map(plain), '', ...text, end].join('\n')}\n`
}

function sendRecord(preview: WritePreview, along: readonly string[], change: number | undefined): object {
  const { intent, words, customerSees, warnings } = preview
  return { change: change ?? null, intent, words, customer_sees: customerSees, warnings, along }
}
