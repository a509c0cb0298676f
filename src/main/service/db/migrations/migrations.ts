import type { Migration } from '../migrate.ts'
import { foundation } from './0001-foundation.ts'
import { connected } from './0002-connected.ts'
import { daysOffAndOverrides } from './0003-days-off-and-overrides.ts'
import { coveragePlanning } from './0004-coverage-planning.ts'
import { proactiveWork } from './0005-proactive-work.ts'
import { workWritten } from './0006-work-written.ts'
import { alertLedger } from './0007-alert-ledger.ts'
import { accountDesk } from './0008-account-desk.ts'
import { handoffs } from './0009-handoffs.ts'
import { returnMeetings } from './0010-return-meetings.ts'

/** Every migration in order; the n-th one leads to version n. */
export const migrations: readonly Migration[] = [
  foundation,
  connected,
  daysOffAndOverrides,
  coveragePlanning,
  proactiveWork,
  workWritten,
  alertLedger,
  accountDesk,
  handoffs,
  returnMeetings,
]
