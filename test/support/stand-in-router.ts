import { implement } from '@orpc/server'
import { contract } from '#contract/contract.ts'
import { settingsSchema } from '#contract/settings.ts'
import type { EventHub } from '#service/rpc/event-hub.ts'
import type { ServiceRouter } from '#service/rpc/router.ts'
import { standInFigures } from './stand-in-figures.ts'
import { standInHandoffs } from './stand-in-handoffs.ts'
import { standInWrapUps } from './stand-in-wrap-ups.ts'

/** Words of a failure that no reader of a transport may ever see. */
export const innerWords = 'inner words about /home/mia and canary-8c1f'

const os = implement(contract)
const at = Date.UTC(2026, 10, 21, 9)
const loud = { reason: 'none' as const, until: null, words: 'Alerts are announced as they come.', held: 0 }
const refusal = { message: 'Not now.', data: { reason: 'refused' } }

/**
 * The contract with made-up answers, for tests of doors and transports: `accounts.list` fails in a way nobody foresaw,
 * `coverage.list` answers with something the contract forbids, `tickets.get` knows ticket 1 only.
 */
export function createStandInRouter(hub: EventHub): ServiceRouter {
  return os.router({
    absences: {
      list: os.absences.list.handler(() => ({ absences: [], now: at })),
      add: os.absences.add.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      remove: os.absences.remove.handler(() => ({})),
    },
    accountKits: {
      look: os.accountKits.look.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    accounts: {
      list: os.accounts.list.handler(() => {
        throw new Error(innerWords)
      }),
      find: os.accounts.find.handler(() => ({ organizations: [] })),
      findAgents: os.accounts.findAgents.handler(() => ({ agents: [] })),
      organization: os.accounts.organization.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      add: os.accounts.add.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      change: os.accounts.change.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      remove: os.accounts.remove.handler(() => ({})),
    },
    activity: { list: os.activity.list.handler(() => ({ events: [], more: false })) },
    alerts: {
      list: os.alerts.list.handler(() => ({ alerts: [], more: false, unopened: 0, quiet: loud, now: at })),
      takePending: os.alerts.takePending.handler(() => ({ notices: [] })),
      markOpened: os.alerts.markOpened.handler(() => ({})),
      dismiss: os.alerts.dismiss.handler(() => ({})),
      undismiss: os.alerts.undismiss.handler(() => ({})),
      snooze: os.alerts.snooze.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      unsnooze: os.alerts.unsnooze.handler(() => ({})),
      snoozes: os.alerts.snoozes.handler(() => ({ snoozes: [] })),
      mute: os.alerts.mute.handler(() => ({})),
      unmute: os.alerts.unmute.handler(() => ({})),
      muted: os.alerts.muted.handler(() => ({ accountIds: [] })),
      pause: os.alerts.pause.handler(() => loud),
      hold: os.alerts.hold.handler(() => loud),
      test: os.alerts.test.handler(() => ({ shownBy: 'window' as const, words: 'This window shows it.' })),
    },
    app: {
      status: os.app.status.handler(() => ({
        version: '0.0.0',
        host: 'web' as const,
        capabilities: { nativeNotifications: false, tray: false },
        workspace: 'sample' as const,
        sampleCoverageProject: null,
        me: null,
        sync: 'idle' as const,
        unopenedAlerts: 0,
        clock: { now: at, speed: 1 },
        // What the contract does not name must not get out.
        token: 'canary-8c1f',
      })),
      openExternal: os.app.openExternal.handler(({ errors }) => {
        throw errors.REFUSED({ message: 'Not this address.', data: { reason: 'address' } })
      }),
    },
    calendars: {
      list: os.calendars.list.handler(() => ({ calendars: [], now: at })),
      preview: os.calendars.preview.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      add: os.calendars.add.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      change: os.calendars.change.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      remove: os.calendars.remove.handler(() => ({})),
      refresh: os.calendars.refresh.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    calls: {
      list: os.calls.list.handler(() => ({ calls: [], now: at })),
      actions: os.calls.actions.handler(() => ({ actions: [], overdue: 0, now: at })),
      get: os.calls.get.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      start: os.calls.start.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      save: os.calls.save.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      remove: os.calls.remove.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      restore: os.calls.restore.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      preview: os.calls.preview.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      file: os.calls.file.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      tick: os.calls.tick.handler(() => ({})),
    },
    connections: {
      get: os.connections.get.handler(() => ({
        zendesk: null,
        signIn: null,
        gitlab: null,
        gitlabSignIn: null,
        vault: { kind: 'memory', persistent: false, protected: true },
        canUseSession: false,
        now: at,
      })),
      readAddress: os.connections.readAddress.handler(() => ({ problem: null, warning: null })),
      connectZendesk: os.connections.connectZendesk.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      startZendeskOauth: os.connections.startZendeskOauth.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      startZendeskSession: os.connections.startZendeskSession.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      cancelSignIn: os.connections.cancelSignIn.handler(() => ({})),
      checkZendesk: os.connections.checkZendesk.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      signOutZendesk: os.connections.signOutZendesk.handler(() => ({ revoked: true })),
      readGitlabAddress: os.connections.readGitlabAddress.handler(() => ({ problem: null })),
      connectGitlabToken: os.connections.connectGitlabToken.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      startGitlabOauth: os.connections.startGitlabOauth.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      startGitlabDevice: os.connections.startGitlabDevice.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      cancelGitlabSignIn: os.connections.cancelGitlabSignIn.handler(() => ({})),
      checkGitlab: os.connections.checkGitlab.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      signOutGitlab: os.connections.signOutGitlab.handler(() => ({ revoked: true })),
    },
    coverage: {
      list: os.coverage.list.handler(() => ({ coverages: [], now: Number.NaN })),
      ribbon: os.coverage.ribbon.handler(() => ({ startsAt: at, endsAt: at, weeks: [], lanes: [], now: at })),
    },
    desks: {
      get: os.desks.get.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      change: os.desks.change.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      import: os.desks.import.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      export: os.desks.export.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    customerData: {
      list: os.customerData.list.handler(() => ({ accounts: [], now: at })),
      keepLonger: os.customerData.keepLonger.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      remove: os.customerData.remove.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    events: { stream: os.events.stream.handler(({ input, signal }) => hub.stream(input.epoch, input.since, signal)) },
    handoffs: standInHandoffs(at),
    returnFigures: standInFigures(at),
    returnWrapUps: standInWrapUps(),
    returns: {
      list: os.returns.list.handler(() => ({ meetings: [], now: at })),
      get: os.returns.get.handler(({ input, errors }) => {
        throw errors.NOT_FOUND({ message: 'No such coverage.', data: { what: 'coverage', id: input.coverageId } })
      }),
      decide: os.returns.decide.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      undo: os.returns.undo.handler(() => ({ key: null })),
      stand: os.returns.stand.handler(() => ({})),
      settle: os.returns.settle.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      handBack: os.returns.handBack.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      takeBack: os.returns.takeBack.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    guidance: {
      of: os.guidance.of.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      setChoice: os.guidance.setChoice.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      brief: os.guidance.brief.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      guard: os.guidance.guard.handler(() => ({ tickets: [], now: at })),
      emergencyMarks: os.guidance.emergencyMarks.handler(() => ({
        mark: { by: 'tag' as const, value: 'emergency' },
        suggestions: [],
        forms: [],
      })),
    },
    issues: {
      list: os.issues.list.handler(() => ({ issues: [], total: 0 })),
      get: os.issues.get.handler(({ errors }) => {
        throw errors.NOT_FOUND({ message: 'It is not stored here.', data: { what: 'issue', id: '1/1' } })
      }),
      projects: os.issues.projects.handler(() => ({ projects: [], asOf: null })),
      placeWork: os.issues.placeWork.handler(() => ({
        belongs: 'reactive' as const,
        sure: true,
        where: 'A ticket in Zendesk',
        because: [{ words: '“does not start”: a problem', source: 'handbook' }],
        alsoDo: [],
        otherwise: [],
      })),
    },
    onCall: {
      list: os.onCall.list.handler(() => ({ shifts: [], now: at })),
      add: os.onCall.add.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      remove: os.onCall.remove.handler(() => ({})),
      recordReplacement: os.onCall.recordReplacement.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      clearReplacement: os.onCall.clearReplacement.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    orgNotes: {
      get: os.orgNotes.get.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      compose: os.orgNotes.compose.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      lint: os.orgNotes.lint.handler(() => ({ answered: 0, of: 0, questions: [], warnings: [] })),
      saveDraft: os.orgNotes.saveDraft.handler(() => ({ savedAt: at })),
      previewMergeRequest: os.orgNotes.previewMergeRequest.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      findProject: os.orgNotes.findProject.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      findPeople: os.orgNotes.findPeople.handler(() => ({ people: [] })),
    },
    outbox: {
      preview: os.outbox.preview.handler(() => ({ previews: [] })),
      send: os.outbox.send.handler(() => ({ ids: [] })),
      list: os.outbox.list.handler(() => ({ entries: [], waiting: 0, needMe: 0 })),
      retry: os.outbox.retry.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      discard: os.outbox.discard.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      resolve: os.outbox.resolve.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    people: {
      list: os.people.list.handler(() => ({ people: [], now: at })),
      change: os.people.change.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    plans: {
      list: os.plans.list.handler(() => ({ plans: [], now: at })),
      get: os.plans.get.handler(({ errors }) => {
        throw errors.NOT_FOUND({ message: 'No such plan.', data: { what: 'plan', id: '1' } })
      }),
      remove: os.plans.remove.handler(() => ({})),
      create: os.plans.create.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      change: os.plans.change.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      restore: os.plans.restore.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      putEntry: os.plans.putEntry.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      removeEntry: os.plans.removeEntry.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      ask: os.plans.ask.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      answer: os.plans.answer.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      tick: os.plans.tick.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      whatIf: os.plans.whatIf.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      export: os.plans.export.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      import: os.plans.import.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      issue: os.plans.issue.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      previewIssue: os.plans.previewIssue.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      fetch: os.plans.fetch.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      findProject: os.plans.findProject.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
      resolve: os.plans.resolve.handler(({ errors }) => {
        throw errors.REFUSED(refusal)
      }),
    },
    settings: {
      get: os.settings.get.handler(() => settingsSchema.parse({})),
      set: os.settings.set.handler(({ input }) => settingsSchema.parse(input)),
      policies: os.settings.policies.handler(() => ({ policies: [] })),
    },
    sync: {
      status: os.sync.status.handler(() => ({
        state: 'idle' as const,
        lastCompletedAt: null,
        nextRunAt: null,
        scopes: [],
        progress: null,
        now: at,
      })),
      run: os.sync.run.handler(() => ({ tickets: 0, comments: 0, issues: 0, events: 0, requests: 0, problems: [] })),
    },
    tickets: {
      queue: os.tickets.queue.handler(() => ({ rows: [], total: 0, breached: 0, now: at })),
      get: os.tickets.get.handler(({ input, errors }) => {
        throw errors.NOT_FOUND({ message: 'No such ticket.', data: { what: 'ticket', id: String(input.id) } })
      }),
      list: os.tickets.list.handler(() => ({ tickets: [], more: false })),
    },
    workload: {
      day: os.workload.day.handler(({ input }) => ({
        day: input.day ?? '2026-11-21',
        working: false,
        coveredAccounts: [],
        share: 1,
        allowed: 0,
        taken: 0,
        possible: true,
        arithmetic: 'Saturday is no working day: 0',
        source: 'policy',
      })),
      week: os.workload.week.handler(({ input }) => ({
        week: input.week ?? '2026-W47',
        startsAt: at,
        endsAt: at,
        baseline: { perWeek: 12, origin: 'set' as const, weeks: [] },
        steps: [],
        allowed: 12,
        taken: 0,
        possible: true,
        arithmetic: '12',
        source: 'policy',
      })),
    },
  })
}
