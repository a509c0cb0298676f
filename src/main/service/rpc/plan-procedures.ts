import type { PlanDetail } from '#contract/plans.ts'
import { planOf } from '#core/coverage/plan-document.ts'
import { isAgent } from '../accounts/recognise-agent.ts'
import { storePerson } from '../db/people.ts'
import { readPlan, readPlans } from '../db/plans.ts'
import { readRoster } from '../db/workspace.ts'
import { refuseRestricted } from '../desk/restricted.ts'
import {
  answer,
  ask,
  changeAbsence,
  knownPlan,
  noSuchPlan,
  planAbsence,
  presentPlan,
  putCover,
  removeCover,
  resolve,
  setRemoved,
  tick,
  type PlanDesk,
  type PlanEdit,
} from '../plans/edit-plans.ts'
import { exportPlan, importPlan } from '../plans/exchange-plans.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { answering } from './answering.ts'
import { planIssueProcedures, toImport } from './plan-issue-procedures.ts'
import { toPlanDetail, toPlanRow } from './plan-view.ts'
import { os, planSettingOf, workloadFactsOf, type RouterDeps } from './router-deps.ts'
import { whatIfOf } from './what-if-view.ts'

/** Plans for absences: who covers what, asking and answering, and handing plans over. */
export function planProcedures(deps: RouterDeps) {
  const desk = () => deskOf(deps)
  const done = (edit: PlanEdit) => edited(deps, edit)
  return {
    plans: {
      list: os.plans.list.handler(() => {
        const setting = planSettingOf(deps)
        const order = { running: 0, upcoming: 1, past: 2 }
        const plans = readPlans(deps.session().db)
          .filter(({ document }) => planOf(document).removedAt === null)
          .map(({ document }) => toPlanRow(document, setting))
          .toSorted((a, b) => order[a.phase] - order[b.phase] || a.startsAt - b.startsAt)
        return { plans, now: setting.now }
      }),
      get: os.plans.get.handler(({ input, errors }) => {
        const stored = readPlan(deps.session().db, input.planId)
        if (stored && planOf(stored.document).removedAt === null)
          return toPlanDetail(stored.document, planSettingOf(deps))
        const { message, missing } = noSuchPlan(input.planId)
        throw errors.NOT_FOUND({ message, data: { what: 'plan', id: input.planId, ...missing } })
      }),
      create: os.plans.create.handler(({ input, errors }) => answering(errors, () => done(planAbsence(desk(), input)))),
      change: os.plans.change.handler(({ input, errors }) =>
        answering(errors, () => done(changeAbsence(desk(), input))),
      ),
      remove: os.plans.remove.handler(({ input, errors }) =>
        answering(errors, () => {
          setRemoved(desk(), input.planId, true)
          deps.hub.publish('coverage', [input.planId])
          return {}
        }),
      ),
      restore: os.plans.restore.handler(({ input, errors }) =>
        answering(errors, () => done(setRemoved(desk(), input.planId, false))),
      ),
      putEntry: os.plans.putEntry.handler(({ input, errors }) =>
        answering(errors, async () => done(await putCover(desk(), input))),
      ),
      removeEntry: os.plans.removeEntry.handler(({ input, errors }) =>
        answering(errors, () => done(removeCover(desk(), input))),
      ),
      ask: os.plans.ask.handler(({ input, errors }) => answering(errors, () => done(ask(desk(), input)))),
      answer: os.plans.answer.handler(({ input, errors }) => answering(errors, () => done(answer(desk(), input)))),
      tick: os.plans.tick.handler(({ input, errors }) => answering(errors, () => done(tick(desk(), input)))),
      resolve: os.plans.resolve.handler(({ input, errors }) => answering(errors, () => done(resolve(desk(), input)))),
      ...handingOver(deps),
      ...planIssueProcedures(deps),
    },
  }
}

/** What leaves, what comes in, and what saying yes would mean. */
function handingOver(deps: RouterDeps) {
  return {
    whatIf: os.plans.whatIf.handler(({ input, errors }) =>
      answering(errors, () => whatIfOf(input, workloadFactsOf(deps))),
    ),
    export: os.plans.export.handler(({ input, errors }) =>
      answering(errors, () => {
        const { document } = knownPlan(deps.session().db, input.planId)
        const exported = exportPlan(document, input.as, planSettingOf(deps))
        refuseRestricted(deps.session().db, exported.text)
        return exported
      }),
    ),
    import: os.plans.import.handler(({ input, errors }) =>
      answering(errors, () => {
        const result = importPlan(deps.session().db, input, planSettingOf(deps))
        if (input.apply) deps.hub.publish('coverage', [result.id])
        return toImport(result)
      }),
    ),
  }
}

function deskOf(deps: RouterDeps): PlanDesk {
  const { db, sources, workspace } = deps.session()
  return {
    db,
    policy: deps.policy,
    now: () => workspace.clock.now(),
    async findPerson(id) {
      const nobody = new Refusal(
        'refused',
        `Covering engineer: user ${id} is no agent of your Zendesk. Choose somebody else.`,
      )
      if (!sources) {
        throw new Refusal(
          'refused',
          `Covering engineer: user ${id} is nobody who is known here, and nothing is connected to ask.`,
        )
      }
      const user = await sources.zendesk
        .api('person')
        .user(id)
        .catch((error: unknown) => {
          if (error instanceof RemoteFailure && (error.kind === 'not-found' || error.kind === 'forbidden')) throw nobody
          throw error
        })
      if (!isAgent(user)) throw nobody
      storePerson(db, { id: user.id, name: user.name, timeZone: user.timeZone }, readRoster(db).me?.timeZone ?? 'UTC')
      deps.hub.publish('coverage')
    },
  }
}

/** The plan after a change, of which everybody hears. */
function edited(deps: RouterDeps, { planId, notes }: PlanEdit): PlanDetail {
  deps.hub.publish('coverage', [planId])
  return toPlanDetail(presentPlan(deps.session().db, planId).document, planSettingOf(deps), notes)
}
