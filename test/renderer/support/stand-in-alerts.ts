import type { AlertRow, Quiet, Snooze } from '#contract/alerts.ts'
import { dayMs, hourMs, minuteMs, notQuiet, now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Alerts with what becomes of them; nothing is raised by itself. */
export function alertProcedures(os: StandInImplementer, state: StandInState) {
  const { alerts } = os
  const change = (ids: readonly number[], next: (alert: AlertRow) => Partial<AlertRow>) => {
    state.alerts = state.alerts.map((alert) => (ids.includes(alert.id) ? { ...alert, ...next(alert) } : alert))
  }
  const setQuiet = (quiet: Partial<Quiet>) => (state.quiet = { ...state.quiet, ...quiet })
  return {
    list: alerts.list.handler(({ input }) => {
      const found = state.alerts
        .filter((alert) => input.beforeId === undefined || alert.id < input.beforeId)
        .filter((alert) => input.kinds === undefined || input.kinds.includes(alert.kind))
        .filter((alert) => input.accountId === undefined || alert.accountId === input.accountId)
        .filter((alert) => !input.open || ['held', 'claimed', 'shown'].includes(alert.state))
        .toSorted((a, b) => b.id - a.id)
      return {
        alerts: found.slice(0, input.limit),
        more: found.length > input.limit,
        unopened: state.alerts.filter((alert) => alert.state === 'shown').length,
        quiet: state.quiet,
        now,
      }
    }),
    takePending: alerts.takePending.handler(() => ({ notices: state.pending.splice(0) })),
    markOpened: alerts.markOpened.handler(({ input }) => {
      change([input.id], () => ({ state: 'opened', openedAt: now }))
      return {}
    }),
    dismiss: alerts.dismiss.handler(({ input }) => {
      change(input.ids, () => ({ state: 'dismissed', dismissedAt: now }))
      return {}
    }),
    undismiss: alerts.undismiss.handler(({ input }) => {
      change(input.ids, ({ openedAt }) => ({ state: openedAt === null ? 'shown' : 'opened', dismissedAt: null }))
      return {}
    }),
    ...snoozeProcedures(os, state),
    mute: alerts.mute.handler(({ input }) => {
      state.muted = [...state.muted, input.accountId]
      return {}
    }),
    unmute: alerts.unmute.handler(({ input }) => {
      state.muted = state.muted.filter((id) => id !== input.accountId)
      return {}
    }),
    muted: alerts.muted.handler(() => ({ accountIds: state.muted })),
    pause: alerts.pause.handler(({ input }) => {
      if (input.for === null) return setQuiet(notQuiet())
      const until = now + (input.for === 'hour' ? hourMs : dayMs)
      const words = input.for === 'hour' ? 'Alerts are paused until 14:20.' : 'Alerts are paused until tomorrow 09:00.'
      return setQuiet({ reason: 'paused', until, words })
    }),
    hold: alerts.hold.handler(({ input }) =>
      setQuiet(input.meeting ? { reason: 'meeting', until: now + 3 * hourMs, words: 'A meeting runs.' } : notQuiet()),
    ),
    test: alerts.test.handler(() => state.testAlert),
  }
}

function snoozeProcedures({ alerts }: StandInImplementer, state: StandInState) {
  return {
    snooze: alerts.snooze.handler(({ input: { ticketId, until } }) => {
      const wakeAt = until.kind === 'for' ? now + until.minutes * minuteMs : until.kind === 'reply' ? null : now + dayMs
      const subject = state.queue.find(({ id }) => id === ticketId)?.subject ?? 'A ticket'
      const snooze: Snooze = { ticketId, subject, until, wakeAt, words: wordsOf(until), since: now }
      state.snoozes = [...state.snoozes.filter((other) => other.ticketId !== ticketId), snooze]
      return snooze
    }),
    unsnooze: alerts.unsnooze.handler(({ input }) => {
      state.snoozes = state.snoozes.filter(({ ticketId }) => ticketId !== input.ticketId)
      return {}
    }),
    snoozes: alerts.snoozes.handler(() => ({ snoozes: state.snoozes })),
  }
}

function wordsOf(until: Snooze['until']): string {
  switch (until.kind) {
    case 'for':
      return until.minutes === 60 ? 'Until 14:20' : `For ${until.minutes} min`
    case 'tomorrow':
      return 'Until tomorrow 09:00'
    case 'reply':
      return 'Until the customer replies'
    case 'before-breach':
      return 'Until 14:25, 30 min before its clock ends, or until the customer replies'
  }
}
