import { useQuery } from '@tanstack/react-query'
import type { ReturnMeeting } from '#contract/returns.ts'
import { useNow, useWindow } from '../../api/window-context.tsx'
import { timeOfDay, weekday, zoneName } from '../../ui/time-words.ts'
import styles from './run.module.css'

/** What time it is for the two who meet, each clock once. */
export function ZoneClocks({ meeting }: { readonly meeting: ReturnMeeting }) {
  const { aseId, aseName, aseTimeZone, covers } = meeting
  const { queries } = useWindow()
  const now = useNow()
  const { data: people } = useQuery({ ...queries.people(), select: (known) => known.people })
  const zoneOf = (id: number) => people?.find((person) => person.id === id)?.timeZone
  const sides = [
    { id: aseId, name: aseName, zone: aseTimeZone },
    ...covers.map(({ id, name }) => ({ id, name, zone: zoneOf(id) })),
  ]
  const clocks = Map.groupBy(
    sides.filter(({ zone }) => zone !== undefined),
    ({ zone = '' }) => zone,
  )
  return (
    <ul className={styles.clocks} aria-label="What time it is">
      {[...clocks].map(([zone, here]) => (
        <li key={zone} title={[...new Set(here.map(({ name }) => name))].join(', ')}>
          <strong>
            {weekday(now, zone)} {timeOfDay(now, zone)}
          </strong>{' '}
          <span className={styles.soft}>{zoneName(zone, now)}</span>
        </li>
      ))}
    </ul>
  )
}
