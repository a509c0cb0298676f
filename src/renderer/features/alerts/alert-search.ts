import type { AlertKind } from '#contract/alerts.ts'
import { alertKindWords } from '../../ui/alert-kinds.ts'

/** What the address says of the list: `#/alerts?kind=breached&account=3&open=true`. */
export interface AlertSearch {
  readonly kind?: AlertKind
  readonly account?: number
  readonly open?: boolean
  /** The alert to begin at: where a notification led to. */
  readonly alert?: number
}

/** Reads it; what makes no sense is left out. */
export function readAlertSearch(search: Record<string, unknown>): AlertSearch {
  const kind = search['kind']
  const account = idOf(search['account'])
  const alert = idOf(search['alert'])
  return {
    ...(isAlertKind(kind) ? { kind } : {}),
    ...(account === undefined ? {} : { account }),
    ...(search['open'] === true ? { open: true } : {}),
    ...(alert === undefined ? {} : { alert }),
  }
}

function isAlertKind(value: unknown): value is AlertKind {
  return typeof value === 'string' && Object.hasOwn(alertKindWords, value)
}

function idOf(value: unknown): number | undefined {
  const id = Number(value)
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}
