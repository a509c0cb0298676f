import type { CalendarPreview } from '#contract/calendars.ts'
import type { Person } from '#core/people/people.ts'
import type { StoredEvent } from '../db/calendars.ts'
import type { ReadSource } from './previews.ts'
import { suggestedPerson, suggestedUse } from './suggest.ts'
import { settled } from './take-in.ts'

/** What a preview is made of. */
export interface PreviewFacts {
  readonly previewId: string
  readonly source: ReadSource
  /** What the file is called, or null. */
  readonly given: string | null
  readonly people: readonly Person[]
  readonly me: Person | null
  readonly now: number
}

const longestName = 120

/** Says what is in a calendar, and what it is taken for until a person decides. */
export async function previewOf({ previewId, source, given, people, me, now }: PreviewFacts): Promise<CalendarPreview> {
  const { contents, feed } = source
  const personId = suggestedPerson(contents, people)
  const person = people.find(({ id }) => id === personId) ?? me
  const events = await settled(contents.events, person?.timeZone ?? 'UTC')
  const titles = [...Map.groupBy(events, ({ title }) => title)]
    .map(([title, same]) => ({
      title,
      occurrences: same.length,
      next: nextOf(same, now),
      suggested: suggestedUse(title),
    }))
    .toSorted(
      (a, b) =>
        rank(a.suggested) - rank(b.suggested) || b.occurrences - a.occurrences || a.title.localeCompare(b.title),
    )
  const times = (use: 'absence' | 'on-call') =>
    titles.filter(({ suggested }) => suggested === use).reduce((sum, { occurrences }) => sum + occurrences, 0)
  const named = [contents.name, given, feed?.url.host].find((name) => name != null && name !== '')
  return {
    previewId,
    name: (named ?? 'Calendar').slice(0, longestName),
    host: feed?.url.host ?? null,
    titles,
    suggestedPurpose: times('on-call') > times('absence') ? 'on-call' : 'absence',
    suggestedPersonId: personId,
    problems: [...contents.problems],
  }
}

/** The one that is running or next, where there is one. */
function nextOf(events: readonly StoredEvent[], now: number): CalendarPreview['titles'][number]['next'] {
  const [next] = events.filter(({ endsAt }) => endsAt > now).toSorted((a, b) => a.startsAt - b.startsAt)
  return next ? { startsAt: next.startsAt, endsAt: next.endsAt, allDay: next.allDay } : null
}

function rank(use: 'absence' | 'on-call' | 'neither'): number {
  return use === 'neither' ? 1 : 0
}
