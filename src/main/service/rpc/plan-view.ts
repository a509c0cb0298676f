import type { PlanDetail, PlanRow } from '#contract/plans.ts'
import type { PlanDocument, PlannedCover } from '#core/coverage/plan-document.ts'
import { isWithin } from '#core/instant.ts'
import { readingOf, type PlanReading, type PlanSetting } from '../plans/plan-setting.ts'

/** A plan as a row of the list. */
export function toPlanRow(document: PlanDocument, setting: PlanSetting): PlanRow {
  return rowOf(readingOf(document, setting), setting)
}

/**
 * A plan with its entries, findings, checklist and conflicts.
 *
 * @param notes how what was just written was understood, where that can be doubted.
 */
export function toPlanDetail(document: PlanDocument, setting: PlanSetting, notes: readonly string[] = []): PlanDetail {
  const reading = readingOf(document, setting)
  const { plan, words, problems, conflicts, checklist, pod } = reading
  return {
    ...rowOf(reading, setting),
    accountList: plan.accountIds
      .map((id) => ({ id, name: words.accountName(id) }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    entries: plan.entries.map((entry) => ({
      ...entry,
      accountName: words.accountName(entry.accountId),
      coverName: words.personName(entry.coverId),
      request: { ...entry.request },
      mine: entry.coverId === setting.roster.me?.id,
    })),
    findings: problems.map((problem) => ({ ...problem, entryIds: [...problem.entryIds] })),
    checklist: [...checklist],
    conflicts: conflicts.map((conflict) => ({ ...conflict, sides: [...conflict.sides] })),
    pod,
    ...(notes.length > 0 ? { notes: [...notes] } : {}),
    now: setting.now,
  }
}

function rowOf({ plan, words, problems, conflicts }: PlanReading, { roster, now }: PlanSetting): PlanRow {
  const { id, aseId, startsAt, endsAt, accountIds, entries } = plan
  const phase = isWithin(now, plan) ? 'running' : startsAt > now ? 'upcoming' : 'past'
  const count = (fits: (entry: PlannedCover) => boolean) => (phase === 'past' ? 0 : entries.filter(fits).length)
  const isAskedOfMe = ({ coverId, request }: PlannedCover) => coverId === roster.me?.id && request.state === 'asked'
  return {
    id,
    aseId,
    aseName: words.personName(aseId),
    aseTimeZone: words.timeZone,
    startsAt,
    endsAt,
    own: aseId === roster.me?.id,
    phase,
    accounts: accountIds.length,
    missing: problems.filter(({ weight }) => weight === 'missing').length + conflicts.length,
    askedOfMe: count(isAskedOfMe),
    notAsked: count(({ request }) => request.state === 'draft'),
    notAccepted: count((entry) => !isAskedOfMe(entry) && /^(?:asked|declined)$/.test(entry.request.state)),
  }
}
