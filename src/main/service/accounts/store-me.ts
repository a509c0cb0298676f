import { markMe, storePerson, type ToldPerson } from '../db/people.ts'
import { transaction, type WriteDb } from '../db/sql.ts'

/**
 * Makes the signed-in person me in this workspace. Their zone comes from Zendesk, or from this machine where it tells none;
 * working hours that were set stay.
 */
export function storeMe(db: WriteDb, { id, name, timeZone }: ToldPerson): void {
  transaction(db, () => {
    storePerson(db, { id, name, timeZone }, Intl.DateTimeFormat().resolvedOptions().timeZone)
    markMe(db, id)
  })
}
