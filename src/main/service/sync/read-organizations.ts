import { readCursor, writeCursor } from '../db/cursors.ts'
import { transaction } from '../db/sql.ts'
import { storeOrganization, type Roster, type StoredAccount } from '../db/workspace.ts'
import { dueAfter, ranks, type SyncJob } from './sync-job.ts'
import { assertFollowed, type ZendeskSync } from './zendesk-sync.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The jobs that read what Zendesk keeps of each account's organization: every day, and for a person who asks every hour at most. */
export function organizationJobs(sync: ZendeskSync, { accounts }: Roster): SyncJob[] {
  const { db, now } = sync
  return accounts.map((account) => {
    const scope = `organization-record:${account.id}`
    const { completedAt } = readCursor(db, 'zendesk', scope)
    return {
      source: 'zendesk',
      scope,
      name: `Org note of ${account.name}`,
      dueAt: dueAfter(completedAt, dayMs, now()),
      rank: completedAt === null ? ranks.firstOfMine : ranks.hourly,
      onDemand: dueAfter(completedAt, hourMs, now()) <= now(),
      run: () => readOrganization(sync, account, scope),
    }
  })
}

async function readOrganization(sync: ZendeskSync, account: StoredAccount, scope: string): Promise<'done'> {
  const { db, now } = sync
  const organization = await sync.api('detail').organization(account.id)
  transaction(db, () => {
    assertFollowed(db, account)
    storeOrganization(db, organization)
    writeCursor(db, 'zendesk', scope, { watermark: organization.updatedAt, completedAt: now(), problem: null })
  })
  return 'done'
}
