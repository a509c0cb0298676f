import { alertNotice } from '#contract/alerts.ts'
import { countUnopened, listAlerts, toAlertRow } from '../db/alerts.ts'
import { mutedAccounts } from '../db/snoozes.ts'
import { readRoster } from '../db/workspace.ts'
import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Alerts, and the stream of change notices. */
export function alertProcedures(deps: RouterDeps) {
  const { hub } = deps
  const alerts = () => deps.session().alerts
  return {
    alerts: {
      list: os.alerts.list.handler(({ input }) => {
        const { db, workspace } = deps.session()
        const found = listAlerts(db, { ...input, limit: input.limit + 1 })
        return {
          alerts: found.slice(0, input.limit).map(toAlertRow),
          more: found.length > input.limit,
          unopened: countUnopened(db),
          quiet: alerts().quiet(),
          now: workspace.clock.now(),
        }
      }),
      takePending: os.alerts.takePending.handler(async () => ({
        notices: (await alerts().takePending()).map((notice) => alertNotice.parse(notice)),
      })),
      markOpened: os.alerts.markOpened.handler(({ input, errors }) => {
        if (!alerts().markOpened(input.id)) {
          throw errors.NOT_FOUND({
            message: `There is no alert ${input.id}.`,
            data: { what: 'alert', id: String(input.id) },
          })
        }
        return {}
      }),
      dismiss: os.alerts.dismiss.handler(({ input }) => {
        alerts().dismiss(input.ids)
        return {}
      }),
      undismiss: os.alerts.undismiss.handler(({ input }) => {
        alerts().undismiss(input.ids)
        return {}
      }),
      test: os.alerts.test.handler(() => testOf(deps)),
      ...stillnessProcedures(deps),
    },
    events: {
      stream: os.events.stream.handler(({ input, signal }) => hub.stream(input.epoch, input.since, signal)),
    },
  }
}

/** What keeps alerts from being announced: snoozes, mutes, pauses and meetings. */
function stillnessProcedures(deps: RouterDeps) {
  const alerts = () => deps.session().alerts
  const accountIn = (accountId: number) =>
    readRoster(deps.session().db).accounts.some((account) => account.id === accountId)
  const noAccount = (id: number) => ({
    message: `Account ${id} is not followed here.`,
    data: { what: 'account', id: String(id) },
  })
  return {
    snooze: os.alerts.snooze.handler(({ input, errors }) =>
      answering(errors, () => {
        const snoozed = alerts().snooze(input.ticketId, input.until)
        if (snoozed) return snoozed
        throw errors.NOT_FOUND({
          message: `Ticket ${input.ticketId} is not stored here.`,
          data: { what: 'ticket', id: String(input.ticketId) },
        })
      }),
    ),
    unsnooze: os.alerts.unsnooze.handler(({ input }) => {
      alerts().unsnooze(input.ticketId)
      return {}
    }),
    snoozes: os.alerts.snoozes.handler(() => ({ snoozes: alerts().snoozes() })),
    mute: os.alerts.mute.handler(({ input, errors }) => {
      if (!accountIn(input.accountId)) throw errors.NOT_FOUND(noAccount(input.accountId))
      alerts().mute(input.accountId)
      return {}
    }),
    unmute: os.alerts.unmute.handler(({ input, errors }) => {
      if (!accountIn(input.accountId)) throw errors.NOT_FOUND(noAccount(input.accountId))
      alerts().unmute(input.accountId)
      return {}
    }),
    muted: os.alerts.muted.handler(() => ({ accountIds: mutedAccounts(deps.session().db) })),
    pause: os.alerts.pause.handler(({ input }) => alerts().pause(input.for)),
    hold: os.alerts.hold.handler(({ input }) => alerts().hold(input.meeting)),
  }
}

function testOf({ ports, session }: RouterDeps) {
  if (!session().alerts.test()) return { shownBy: 'window' as const, words: 'This window shows it.' }
  const { allowed, problem } = ports.notifier.state()
  const words =
    allowed === 'no'
      ? (problem ?? 'The system does not let Understudy show notifications.')
      : allowed === 'yes'
        ? 'The system was asked to show one.'
        : 'The system was asked to show one. When none appears, look in its settings for notifications.'
  return { shownBy: 'system' as const, words }
}
