import type { Migration } from '../migrate.ts'
import { foundation } from './0001-foundation.ts'

/** Every migration in order; the n-th one leads to version n. */
export const migrations: readonly Migration[] = [foundation]
