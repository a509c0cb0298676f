import type { AccountKit } from '#contract/account-kit.ts'
import type { AccountRow, OrganizationDetails } from '#contract/accounts.ts'
import type { AlertNotice, AlertRow, Quiet, Snooze } from '#contract/alerts.ts'
import type { AppStatus } from '#contract/app.ts'
import type { AbsenceRow, CalendarPreview, CalendarRow } from '#contract/calendars.ts'
import type { CallDetail, OpenAction } from '#contract/calls.ts'
import type { CoverageRow, RibbonLane } from '#contract/coverage.ts'
import type { KeptData } from '#contract/customer-data.ts'
import type { DeskPage } from '#contract/desk.ts'
import type { EmergencyBrief, GuardedTicket, TicketGuidance } from '#contract/guidance.ts'
import type { IssueDetail, IssueRecord } from '#contract/issues.ts'
import type { OnCallShift } from '#contract/on-call.ts'
import type { OrgNoteView } from '#contract/org-notes.ts'
import type { OutboxEntry, WritePreview } from '#contract/outbox.ts'
import type { PersonRow } from '#contract/people.ts'
import type { PlanDetail, PlanIssue, WhatIf } from '#contract/plans.ts'
import type { ReturnMeeting } from '#contract/returns.ts'
import { type PolicyChoice, type Settings, settingsSchema } from '#contract/settings.ts'
import type { SyncState } from '#contract/sync.ts'
import type { TicketDetail, TicketRow } from '#contract/tickets.ts'
import type { WorkProject } from '#contract/work-project.ts'
import type { WorkloadDay, WorkloadWeek } from '#contract/workload.ts'
import { aDay, aPreview, aRibbon, someAbsences, someCalendars, someShifts } from './coverage-fixtures.ts'
import { anOrganization, type ConnectionsState, someConnections } from './connection-fixtures.ts'
import { aDeskPage } from './desk-fixtures.ts'
import * as fixtures from './fixtures.ts'
import { type HandoffsState, someHandoffs } from './handoff-fixtures.ts'
import { aKit, aWorkProject } from './kit-fixtures.ts'
import { aWhatIf, somePlans } from './plan-fixtures.ts'
import type { StandInList } from './return-fixtures.ts'
import { somePeople, somePolicies } from './rules-fixtures.ts'
import type { Misbehaviour } from './stand-in-implementer.ts'
import { someWrapUps, type WrapUpsState } from './wrap-up-fixtures.ts'

/** What a stand-in knows; tests change it while it runs. */
export interface StandInState extends Misbehaviour, HandoffsState, WrapUpsState {
  /** Accounts of absences, and how far each is handed back. */
  returnMeetings: ReturnMeeting[]
  /** The lists of those that have one, by their coverage. */
  returnLists: Map<string, StandInList>
  /** What ends with handing an account back. */
  lifted: string[]
  /** Customers’ data of accounts that were covered. */
  keptData: KeptData[]
  status: AppStatus
  queue: TicketRow[]
  details: Map<number, TicketDetail>
  /** What of a ticket's guidance is otherwise than `aGuidance` says, by its number. */
  guidance: Map<number, Partial<TicketGuidance>>
  brief: Partial<EmergencyBrief>
  guarded: GuardedTicket[]
  accounts: AccountRow[]
  /** The one account that has a page. */
  desk: DeskPage
  calls: CallDetail[]
  /** Action items of calls that are not done. */
  callActions: OpenAction[]
  /** What every account's project has and lacks, by the place or project that is looked at; `own` is the account's. */
  kits: Map<string | number, AccountKit>
  issues: IssueRecord[]
  /** What stands in every issue. */
  issueText: Omit<IssueDetail, 'issue'>
  /** GitLab projects of every account. */
  projects: WorkProject[]
  coverages: CoverageRow[]
  week: WorkloadWeek
  day: WorkloadDay
  /** Lanes of the ribbon, whichever weeks are asked for. */
  lanes: RibbonLane[]
  plans: PlanDetail[]
  /** Plans that were deleted and may be restored. */
  deletedPlans: PlanDetail[]
  /** How plans stand to their issues, where that is otherwise than in none. */
  planIssues: Map<string, Partial<PlanIssue>>
  whatIf: WhatIf
  shifts: OnCallShift[]
  calendars: CalendarRow[]
  calendarPreview: CalendarPreview
  absences: AbsenceRow[]
  alerts: AlertRow[]
  /** What the window still has to show. */
  pending: AlertNotice[]
  quiet: Quiet
  snoozes: Snooze[]
  /** Accounts of which nothing is announced. */
  muted: number[]
  testAlert: { shownBy: 'system' | 'window'; words: string }
  people: PersonRow[]
  settings: Settings
  policies: PolicyChoice[]
  sync: {
    state: SyncState
    lastCompletedAt: number | null
    problem: string | null
    progress?: { words: string; done: number; total: number | null }
  }
  connections: ConnectionsState
  /** Whether Zendesk can be told of a sign-out. */
  revokes: boolean
  /** What can be found in Zendesk. */
  organizations: OrganizationDetails[]
  agents: { id: number; name: string; timeZone: string | null }[]
  /** What of every account's organization note is otherwise than usual. */
  orgNote: Partial<Omit<OrgNoteView, 'lint'>>
  /** Changes, newest first. */
  outbox: OutboxEntry[]
  /** What every preview says differently. */
  preview: Partial<WritePreview>
  /** Previews are answered once this is; null at once. */
  previewHeld: Promise<void> | null
}

/** The fixture workspace, with nothing connected and everything working. */
export function initialState(): StandInState {
  return {
    status: fixtures.aStatus(),
    queue: fixtures.aQueue(),
    details: new Map(),
    guidance: new Map(),
    brief: {},
    guarded: [],
    accounts: fixtures.someAccounts(),
    desk: aDeskPage(),
    calls: [],
    callActions: [],
    kits: new Map([['own', aKit()]]),
    issues: [
      fixtures.anIssue(),
      fixtures.anIssue({
        iid: 14,
        title: 'Runner autoscaling review',
        reference: 'collab/northwind#14',
        tasksTotal: 0,
        dueDate: null,
        confidential: true,
      }),
      fixtures.anIssue({
        iid: 3,
        accountId: 3,
        title: 'Geo failover rehearsal',
        reference: 'collab/contoso#3',
        assignees: ['Tom Okafor'],
      }),
    ],
    issueText: fixtures.issueText,
    projects: [aWorkProject()],
    coverages: fixtures.someCoverages(),
    week: fixtures.aWeek(),
    day: aDay(),
    lanes: aRibbon(),
    plans: somePlans(),
    deletedPlans: [],
    planIssues: new Map(),
    ...someHandoffs(),
    ...someWrapUps(),
    returnMeetings: [],
    returnLists: new Map(),
    lifted: ['Your load: 50 % to 75 %.'],
    keptData: [],
    whatIf: aWhatIf(),
    shifts: someShifts(),
    calendars: someCalendars(),
    calendarPreview: aPreview(),
    absences: someAbsences(),
    alerts: [],
    pending: [],
    quiet: fixtures.notQuiet(),
    snoozes: [],
    muted: [],
    testAlert: { shownBy: 'window', words: 'This window showed it.' },
    people: somePeople(),
    settings: settingsSchema.parse({}),
    policies: somePolicies(),
    sync: { state: 'idle', lastCompletedAt: fixtures.now - 20_000, problem: null },
    connections: someConnections(),
    revokes: true,
    organizations: [anOrganization(), anOrganization({ id: 502, name: 'Winnipeg Freight', followed: true })],
    agents: [
      { id: 20, name: 'Priya Raman', timeZone: 'Asia/Kolkata' },
      { id: 22, name: 'Pritam Das', timeZone: null },
    ],
    orgNote: {},
    outbox: [],
    preview: {},
    previewHeld: null,
    failing: new Set(),
    refusing: new Map(),
    holding: new Set(),
  }
}
