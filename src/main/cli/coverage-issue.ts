import type { WritePreview } from '#contract/outbox.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import { importRecord, importWords, plain, type ImportResult } from './coverage-import.ts'
import { openToWrite, type WorkspaceArguments } from './open-cli.ts'
import { printJson } from './print.ts'

/** What these two understand beside the workspace. */
type Given = WorkspaceArguments & { readonly yes?: boolean; readonly json?: boolean }

/** `understudy coverage send`: what a plan would write to GitLab, and with `--yes` the order to do it. */
export async function sendPlan(planId: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (planId === undefined) {
    throw new Problem('usage', 'Which plan? Write its id, as “understudy coverage” lists it: coverage send PLAN.')
  }
  const { service, close } = await openToWrite(given, terminal)
  try {
    const { preview, along } = (await callProcedure(service.router, 'plans.previewIssue', { planId })) as {
      readonly preview: WritePreview
      readonly along: Pick<ImportResult, 'changes' | 'conflicts'>
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

/** `understudy coverage fetch`: what the plan in a GitLab issue would change here, and with `--yes` takes it in. */
export async function fetchPlan(subject: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (subject === undefined) {
    throw new Problem(
      'usage',
      'From where? Write the id of a plan, the address of an issue or group/project#12: coverage fetch PLAN|ISSUE.',
    )
  }
  const apply = given.yes ?? false
  const input = /[#/]/.test(subject) ? { reference: subject, apply } : { planId: subject, apply }
  const { service, close } = await openToWrite(given, terminal)
  try {
    const result = (await callProcedure(service.router, 'plans.fetch', input)) as ImportResult
    if (given.json) await printJson(terminal, importRecord(result, apply))
    else await terminal.print(importWords(result, apply))
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
