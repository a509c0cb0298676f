import type { CoverRequest, PlanDetail, PlanEntry, PlanFinding } from '#contract/plans.ts'
import { dayAndTime } from '#renderer/ui/time-words.ts'
import { instantOf } from '#renderer/ui/wall-time.ts'
import { now } from './fixtures.ts'
import { aPlan } from './plan-fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import { planIssueProcedures } from './stand-in-plan-issues.ts'
import type { StandInState } from './stand-in-state.ts'

/** Keeps plans as the service does: gaps are found anew after each change, nothing is sent to anybody. */
export function planProcedures(os: StandInImplementer, state: StandInState) {
  const { plans } = os
  const find = (planId: string, lacks: (what: { data: { what: string; id: string } }) => Error): PlanDetail => {
    const plan = state.plans.find(({ id }) => id === planId)
    if (!plan) throw lacks({ data: { what: 'plan', id: planId } })
    return plan
  }
  const keep = (plan: PlanDetail): PlanDetail => {
    const kept = looked(plan)
    state.plans = state.plans.map((other) => (other.id === kept.id ? kept : other))
    return kept
  }
  const nameOf = (id: number) =>
    [...state.people, ...state.agents].find((person) => person.id === id)?.name ?? `Agent ${id}`
  const withEntries = (plan: PlanDetail, change: (entry: PlanEntry) => PlanEntry) =>
    keep({ ...plan, entries: plan.entries.map(change) })
  return {
    list: plans.list.handler(() => ({ plans: state.plans, now })),
    get: plans.get.handler(({ input, errors }) => find(input.planId, errors.NOT_FOUND)),
    create: plans.create.handler(({ input }) => {
      const aseId = input.aseId ?? 10
      const zone = state.people.find(({ id }) => id === aseId)?.timeZone ?? 'Europe/Berlin'
      const plan = looked(
        aPlan({
          id: `p${state.plans.length + 1}`,
          aseId,
          aseName: nameOf(aseId),
          aseTimeZone: zone,
          ...windowIn(zone, input),
          own: aseId === 10,
          accountList: state.accounts
            .filter((account) => account.aseId === aseId)
            .map(({ id, name }) => ({ id, name })),
          entries: [],
        }),
      )
      state.plans = [...state.plans, plan]
      return plan
    }),
    change: plans.change.handler(({ input, errors }) => {
      const plan = find(input.planId, errors.NOT_FOUND)
      const accountList = input.accountIds
        ? state.accounts.filter(({ id }) => input.accountIds?.includes(id)).map(({ id, name }) => ({ id, name }))
        : plan.accountList
      return keep({ ...plan, accountList, ...windowIn(plan.aseTimeZone, input) })
    }),
    remove: plans.remove.handler(({ input, errors }) => {
      state.deletedPlans = [...state.deletedPlans, find(input.planId, errors.NOT_FOUND)]
      state.plans = state.plans.filter(({ id }) => id !== input.planId)
      return {}
    }),
    restore: plans.restore.handler(({ input, errors }) => {
      const plan = state.deletedPlans.find(({ id }) => id === input.planId)
      if (!plan) throw errors.NOT_FOUND({ data: { what: 'plan', id: input.planId } })
      state.plans = [...state.plans, plan]
      return plan
    }),
    putEntry: plans.putEntry.handler(({ input, errors }) => {
      const plan = find(input.planId, errors.NOT_FOUND)
      const entry: PlanEntry = {
        id: input.entryId ?? `e${plan.entries.length + 20}`,
        accountId: input.accountId,
        accountName: state.accounts.find(({ id }) => id === input.accountId)?.name ?? '',
        coverId: input.coverId,
        coverName: nameOf(input.coverId),
        ...(windowIn(plan.aseTimeZone, input) as { startsAt: number; endsAt: number }),
        request: { state: 'draft', at: null, byName: null, words: null },
        mine: input.coverId === 10,
      }
      return keep({ ...plan, entries: [...plan.entries.filter(({ id }) => id !== entry.id), entry] })
    }),
    removeEntry: plans.removeEntry.handler(({ input, errors }) => {
      const plan = find(input.planId, errors.NOT_FOUND)
      return keep({ ...plan, entries: plan.entries.filter(({ id }) => id !== input.entryId) })
    }),
    ask: plans.ask.handler(({ input, errors }) =>
      withEntries(find(input.planId, errors.NOT_FOUND), (entry) =>
        input.entryIds.includes(entry.id) ? { ...entry, request: said('asked', 'Tom Okafor', null) } : entry,
      ),
    ),
    answer: plans.answer.handler(({ input, errors }) => {
      const plan = find(input.planId, errors.NOT_FOUND)
      const answered = input.answer === 'accept' ? 'accepted' : 'declined'
      return withEntries(plan, (entry) =>
        entry.id === input.entryId
          ? {
              ...entry,
              ...(input.part ? windowIn(plan.aseTimeZone, input.part) : {}),
              request: said(answered, entry.coverName, input.words ?? null),
            }
          : entry,
      )
    }),
    tick: plans.tick.handler(({ input, errors }) => {
      const plan = find(input.planId, errors.NOT_FOUND)
      const checklist = plan.checklist.map((step) =>
        step.id === input.stepId ? { ...step, doneAt: input.done ? now : null } : step,
      )
      return keep({ ...plan, checklist })
    }),
    whatIf: plans.whatIf.handler(() => state.whatIf),
    ...sharing(os, find),
    ...planIssueProcedures(os, state),
    resolve: plans.resolve.handler(({ input, errors }) => {
      const plan = find(input.planId, errors.NOT_FOUND)
      return keep({ ...plan, conflicts: plan.conflicts.filter(({ field }) => field !== input.field) })
    }),
  }
}

function sharing(
  { plans }: StandInImplementer,
  find: (planId: string, lacks: (what: { data: { what: string; id: string } }) => Error) => PlanDetail,
) {
  return {
    export: plans.export.handler(({ input, errors }) => {
      const plan = find(input.planId, errors.NOT_FOUND)
      return input.as === 'file'
        ? { fileName: `coverage-${plan.id}.json`, text: JSON.stringify({ plan: plan.id }) }
        : { fileName: `coverage-${plan.id}.md`, text: `# ${plan.aseName} is away\n\n<!-- plan ${plan.id} -->` }
    }),
    import: plans.import.handler(({ input, errors }) => {
      const planId = /p-\w+/.exec(input.text)?.[0]
      if (planId === undefined) {
        const reason = 'This is no plan of Understudy. Paste all of what you were given.'
        throw errors.REFUSED({ message: reason, data: { reason } })
      }
      find(planId, errors.NOT_FOUND)
      return { planId, fresh: false, changes: ['Fabrikam Health: Tom Okafor accepted.'], conflicts: [] }
    }),
  }
}

function said(state: CoverRequest['state'], byName: string, words: string | null): CoverRequest {
  return { state, at: now, byName, words }
}

/** Written times as instants; a time that was not sent is left out. */
function windowIn(zone: string, typed: { startsAt?: string | undefined; endsAt?: string | undefined }) {
  const [startsAt, endsAt] = [instantOf(typed.startsAt ?? '', zone), instantOf(typed.endsAt ?? '', zone)]
  return { ...(startsAt === undefined ? {} : { startsAt }), ...(endsAt === undefined ? {} : { endsAt }) }
}

/** A plan with its gaps and counts as they are now: an account without any entry to its end has a gap. */
function looked(plan: PlanDetail): PlanDetail {
  const findings = plan.accountList.flatMap((account): PlanFinding[] => {
    const ends = plan.entries
      .filter(({ accountId, request }) => accountId === account.id && request.state !== 'declined')
      .map(({ endsAt }) => endsAt)
    const startsAt = Math.max(plan.startsAt, ...ends)
    if (startsAt >= plan.endsAt) return []
    const words = `Nobody covers ${account.name} from ${dayAndTime(startsAt, plan.aseTimeZone)}.`
    return [
      { kind: 'gap', weight: 'missing', accountId: account.id, entryIds: [], startsAt, endsAt: plan.endsAt, words },
    ]
  })
  return {
    ...plan,
    findings,
    accounts: plan.accountList.length,
    missing: findings.length + plan.conflicts.length,
    askedOfMe: plan.entries.filter(({ mine, request }) => mine && request.state === 'asked').length,
    notAsked: plan.entries.filter(({ request }) => request.state === 'draft').length,
  }
}
