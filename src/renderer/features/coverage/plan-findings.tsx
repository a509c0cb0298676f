import type { PlanFinding } from '#contract/plans.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './plan-screen.module.css'

/** What is missing, and what is to be known. */
export function Findings({ findings }: { readonly findings: readonly PlanFinding[] }) {
  if (findings.length === 0) return null
  return (
    <ul className={styles.findings}>
      {findings.map(({ kind, weight, startsAt, words }) => (
        <li key={`${kind} ${startsAt} ${words}`} data-weight={weight}>
          <Icon name={weight === 'missing' ? 'alert' : 'info'} size={14} />
          <span>
            <strong>{weight === 'missing' ? 'Missing: ' : 'To know: '}</strong>
            {words}
          </span>
        </li>
      ))}
    </ul>
  )
}
