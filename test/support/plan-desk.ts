import { changeLinks } from '#service/db/accounts.ts'
import { storePerson } from '#service/db/people.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import type { PlanDesk } from '#service/plans/edit-plans.ts'
import type { PlanSetting } from '#service/plans/plan-setting.ts'
import { Refusal } from '#service/refusal.ts'
import { memoryDatabase } from './memory-database.ts'
import { monday } from './plan-values.ts'
import { policyOf } from './policy-of.ts'
import { aWorkspace, dayMs } from './work-values.ts'

/** One person's machine: the people and accounts of `aWorkspace`, where Acme (1) and Cormorant (3) are Anna's (12). */
export interface PlanMachine {
  readonly db: WriteDb
  readonly desk: PlanDesk
  /** What plans are seen in at this moment. */
  setting(): PlanSetting
}

/** A machine of somebody (11 Ines, 12 Anna, 13 Ben), thirty days before the Monday of `plan-values`. */
export function planMachine(meId: number, db = memoryDatabase()): PlanMachine {
  storeWorkspace(db, aWorkspace({ meId, absences: [], coverages: [] }))
  changeLinks(db, 3, { aseId: 12 })
  let now = monday - 30 * dayMs
  const desk: PlanDesk = {
    db,
    policy: () => policyOf('2025-04'),
    now: () => (now += 1),
    async findPerson(id) {
      if (id !== 14)
        throw new Refusal('refused', `Covering engineer: user ${id} is no agent of your Zendesk. Choose somebody else.`)
      storePerson(db, { id, name: 'Cleo', timeZone: 'Asia/Kolkata' }, 'UTC')
    },
  }
  return {
    db,
    desk,
    setting: () => ({ roster: readRoster(db), policy: desk.policy(), now, podMemberIds: [], handoffs: () => [] }),
  }
}
