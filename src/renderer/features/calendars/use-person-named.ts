import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import type { ChosenPerson } from '../../ui/person-field.tsx'

/** Somebody Understudy knows by their id; null where it does not. */
export function usePersonNamed(id: number | null): ChosenPerson | null {
  const { queries } = useWindow()
  const { data } = useQuery({ ...queries.people(), select: ({ people }) => people.find((person) => person.id === id) })
  return data ? { id: data.id, name: data.name } : null
}
