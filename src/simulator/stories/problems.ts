import { accessAndLicence } from './access-and-licence.ts'
import { backupsAndObjects } from './backups-and-objects.ts'
import { ciAndRunners } from './ci-and-runners.ts'
import { performanceAndUpgrades } from './performance-and-upgrades.ts'
import type { Problem } from './problem.ts'
import { replicationAndDatabase } from './replication-and-database.ts'

/** Every support case the simulator can tell. */
export const problems: readonly Problem[] = [
  ...replicationAndDatabase,
  ...backupsAndObjects,
  ...ciAndRunners,
  ...accessAndLicence,
  ...performanceAndUpgrades,
]

const byKey = new Map(problems.map((problem) => [problem.key, problem]))

/** Finds a case by its key; throws when there is none, since keys are written in this code only. */
export function problemByKey(key: string): Problem {
  const found = byKey.get(key)
  if (!found) throw new Error(`no problem ${key}`)
  return found
}
