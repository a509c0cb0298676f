import type { WorkingHours } from '#core/people/people.ts'
import { prepared, transaction, type WriteDb } from './sql.ts'

/** What Zendesk tells of somebody who works here. */
export interface ToldPerson {
  readonly id: number
  readonly name: string
  /** IANA zone; null when Zendesk does not tell. */
  readonly timeZone: string | null
}

/** What is taken for somebody's working hours until they are set: Monday to Friday, nine to five where they are. */
const usualHours: readonly WorkingHours[] = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  fromMinute: 9 * 60,
  toMinute: 17 * 60,
}))

/**
 * Stores who works here. Somebody known keeps working hours, days off, region and handle; name and zone follow Zendesk.
 *
 * @param elseZone the zone of somebody new of whom Zendesk tells none.
 */
export function storePerson(db: WriteDb, person: ToldPerson, elseZone: string): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO people (id, name, time_zone, region, working_hours, slack_handle, is_me)
     VALUES (:id, :name, coalesce(:timeZone, :elseZone), '', :hours, NULL, 0)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = coalesce(:timeZone, time_zone)`,
  ).run({ ...person, elseZone, hours: JSON.stringify(usualHours) })
}

/** What can be set of somebody; what is left out stays. */
export interface PersonChanges {
  readonly region?: string | undefined
  readonly workingHours?: readonly WorkingHours[] | undefined
  readonly daysOff?: readonly string[] | undefined
  readonly slackHandle?: string | null | undefined
}

/** Changes the named things of somebody. */
export function changePerson(db: WriteDb, id: number, changes: PersonChanges): void {
  const { region, workingHours, daysOff, slackHandle } = changes
  prepared<unknown[]>(
    db,
    `UPDATE people SET region = coalesce(:region, region), working_hours = coalesce(:hours, working_hours),
       days_off = coalesce(:daysOff, days_off), slack_handle = iif(:handleStays, slack_handle, :slackHandle)
     WHERE id = :id`,
  ).run({
    id,
    region: region ?? null,
    hours: workingHours ? JSON.stringify(workingHours) : null,
    daysOff: daysOff ? JSON.stringify([...new Set(daysOff)].toSorted()) : null,
    handleStays: slackHandle === undefined ? 1 : 0,
    slackHandle: slackHandle ?? null,
  })
}

/** Makes somebody me; nobody else is any more. */
export function markMe(db: WriteDb, id: number): void {
  transaction(db, () => {
    prepared<[number]>(db, 'UPDATE people SET is_me = 0 WHERE is_me = 1 AND id <> ?').run(id)
    prepared<[number]>(db, 'UPDATE people SET is_me = 1 WHERE id = ?').run(id)
  })
}
