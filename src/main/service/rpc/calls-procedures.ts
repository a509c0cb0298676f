import type { CallDetail } from '#contract/calls.ts'
import { knownCall, type CallDesk } from '../calls/call-desk.ts'
import { toCallDetail, toCallRow } from '../calls/call-view.ts'
import { removeCall, restoreCall, saveCall, startCall, tickAction } from '../calls/edit-calls.ts'
import { fileCall, previewCall } from '../calls/file-call.ts'
import { openActions } from '../calls/open-actions.ts'
import { readCalls, type StoredCall } from '../db/calls.ts'
import { readRoster } from '../db/workspace.ts'
import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Calls with customers: written down, filed as summaries or issues, and what is still to be done after them. */
export function callsProcedures(deps: RouterDeps) {
  const desk = () => deskOf(deps)
  const told = (call: StoredCall): CallDetail => {
    deps.hub.publish('calls', [call.id])
    return toCallDetail(desk(), call)
  }
  return {
    calls: {
      list: os.calls.list.handler(({ input }) => listOf(desk(), input.accountId ?? null)),
      get: os.calls.get.handler(({ input, errors }) =>
        answering(errors, () => toCallDetail(desk(), knownCall(desk(), input.id))),
      ),
      start: os.calls.start.handler(({ input, errors }) => answering(errors, () => told(startCall(desk(), input)))),
      save: os.calls.save.handler(({ input, errors }) =>
        answering(errors, () => ({ updatedAt: saveCall(desk(), input) })),
      ),
      remove: os.calls.remove.handler(({ input, errors }) =>
        answering(errors, () => {
          const { id, accountId, document } = removeCall(desk(), input.id)
          deps.hub.publish('calls', [id])
          return { id, accountId, document }
        }),
      ),
      restore: os.calls.restore.handler(({ input, errors }) =>
        answering(errors, () => told(restoreCall(desk(), input))),
      ),
      preview: os.calls.preview.handler(({ input, errors }) => answering(errors, () => previewCall(desk(), input))),
      file: os.calls.file.handler(({ input, errors }) =>
        answering(errors, async () => told(await fileCall(desk(), input))),
      ),
      actions: os.calls.actions.handler(({ input }) => {
        const actions = openActions(desk(), input.accountId ?? null)
        return { actions, overdue: actions.filter(({ overdue }) => overdue).length, now: desk().now() }
      }),
      tick: os.calls.tick.handler(({ input, errors }) =>
        answering(errors, () => {
          tickAction(desk(), input)
          deps.hub.publish('calls', [input.id])
          return {}
        }),
      ),
    },
  }
}

function listOf(desk: CallDesk, accountId: number | null) {
  const names = new Map(readRoster(desk.db).accounts.map(({ id, name }) => [id, name]))
  const calls = readCalls(desk.db, accountId)
    .map((call) => toCallRow(desk.db, call, names.get(call.accountId) ?? ''))
    .toSorted((a, b) => (b.filedAt ?? Infinity) - (a.filedAt ?? Infinity) || b.updatedAt - a.updatedAt)
  return { calls, now: desk.now() }
}

function deskOf({ session, policy }: RouterDeps): CallDesk {
  const { db, outbox, sources, workspace } = session()
  return { db, policy: policy(), now: () => workspace.clock.now(), outbox: sources ? outbox : null }
}
