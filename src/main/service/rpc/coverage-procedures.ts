import { planOf } from '#core/coverage/plan-document.ts'
import { isWithin } from '#core/instant.ts'
import { readPlans } from '../db/plans.ts'
import { readShifts } from '../db/shifts.ts'
import { snapshot } from '../db/sql.ts'
import { nameOf, os, viewpointOf, workloadFactsOf, type RouterDeps } from './router-deps.ts'
import { ribbonOf } from './ribbon-view.ts'
import { workloadOf, workloadOfDay } from './workload-view.ts'

/** Who covers what, and the load that follows from it. */
export function coverageProcedures(deps: RouterDeps) {
  return {
    coverage: {
      ribbon: os.coverage.ribbon.handler(({ input, errors }) => {
        const { db } = deps.session()
        const ribbon = snapshot(db, () => {
          const { roster, policy, now } = viewpointOf(deps)
          const plans = readPlans(db).map(({ document }) => planOf(document))
          const present = plans.filter(({ removedAt }) => removedAt === null)
          return ribbonOf(input.week, input.weeks, { roster, plans: present, shifts: readShifts(db), policy, now })
        })
        if (ribbon) return ribbon
        throw errors.NOT_FOUND(noSuchWeek(input.week))
      }),
      list: os.coverage.list.handler(() => {
        const { roster, now } = viewpointOf(deps)
        const order = { running: 0, upcoming: 1, past: 2 }
        const coverages = roster.coverages
          .map((coverage) => {
            const account = [...roster.accounts, ...roster.formerAccounts].find(({ id }) => id === coverage.accountId)
            const ase = roster.people.find((person) => person.id === account?.aseId)
            return {
              id: coverage.id,
              accountId: coverage.accountId,
              accountName: account?.name ?? `Organization ${coverage.accountId}`,
              aseName: ase?.name ?? 'No ASE',
              aseTimeZone: ase?.timeZone ?? 'UTC',
              coverName: nameOf(coverage.coverId, roster) ?? `User ${coverage.coverId}`,
              mine: coverage.coverId === roster.me?.id,
              phase: isWithin(now, coverage)
                ? ('running' as const)
                : coverage.startsAt > now
                  ? ('upcoming' as const)
                  : ('past' as const),
              startsAt: coverage.startsAt,
              endsAt: coverage.endsAt,
            }
          })
          .toSorted((a, b) => order[a.phase] - order[b.phase] || a.startsAt - b.startsAt)
        return { coverages, now }
      }),
    },
    workload: {
      day: os.workload.day.handler(({ input }) => {
        return snapshot(deps.session().db, () => workloadOfDay(input.day, workloadFactsOf(deps)))
      }),
      week: os.workload.week.handler(({ input, errors }) => {
        const load = snapshot(deps.session().db, () => workloadOf(input.week, workloadFactsOf(deps)))
        if (load) return load
        throw errors.NOT_FOUND(noSuchWeek(input.week))
      }),
    },
  }
}

function noSuchWeek(week = '') {
  return { message: `${week} is no week of that year; the last one is W52 or W53.`, data: { what: 'week', id: week } }
}
