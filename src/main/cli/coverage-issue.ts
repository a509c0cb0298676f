import { callProcedure } from '#service/doors/call-procedure.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import { importRecord, importWords, type ImportResult } from './coverage-import.ts'
import { openToWrite } from './open-cli.ts'
import { printJson } from './print.ts'
import { sendIssue, type ExchangeArguments } from './send-issue.ts'

/** `understudy coverage send`: what a plan would write to GitLab, and with `--yes` the order to do it. */
export async function sendPlan(
  planId: string | undefined,
  given: ExchangeArguments,
  terminal: Terminal,
): Promise<number> {
  if (planId === undefined) {
    throw new Problem('usage', 'Which plan? Write its id, as “understudy coverage” lists it: coverage send PLAN.')
  }
  return sendIssue('plans.previewIssue', { planId }, given, terminal)
}

/** `understudy coverage fetch`: what the plan in a GitLab issue would change here, and with `--yes` takes it in. */
export async function fetchPlan(
  subject: string | undefined,
  given: ExchangeArguments,
  terminal: Terminal,
): Promise<number> {
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
