import { isWithin } from '#core/instant.ts'
import { nameOf, os, viewpointOf, type RouterDeps } from './router-deps.ts'
import { workloadOf } from './workload-view.ts'

/** Who covers what, and the load that follows from it. */
export function coverageProcedures(deps: RouterDeps) {
  return {
    coverage: {
      list: os.coverage.list.handler(() => {
        const { roster, now } = viewpointOf(deps)
        const order = { running: 0, upcoming: 1, past: 2 }
        const coverages = roster.coverages
          .map((coverage) => {
            const account = roster.accounts.find((candidate) => candidate.id === coverage.accountId)
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
      week: os.workload.week.handler(({ input, errors }) => {
        const { roster, policy, now } = viewpointOf(deps)
        const load = workloadOf(input.week, {
          db: deps.session().db,
          roster,
          policy,
          now,
          setBaseline: deps.settings.get().baselinePerWeek,
        })
        if (load) return load
        throw errors.NOT_FOUND({
          message: `${input.week} is no week of that year; the last one is W52 or W53.`,
          data: { what: 'week', id: input.week ?? '' },
        })
      }),
    },
  }
}
