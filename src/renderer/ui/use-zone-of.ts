import { useQuery } from '@tanstack/react-query'
import { useTimeZone, useWindow } from '../api/window-context.tsx'

/** The zone somebody works in, by which their times are written; mine where that is not known. */
export function useZoneOf(personId: number | undefined): string {
  const { queries } = useWindow()
  const mine = useTimeZone()
  const { data } = useQuery({
    ...queries.people(),
    select: ({ people }) => people.find((person) => person.id === personId)?.timeZone,
  })
  return data ?? mine
}
