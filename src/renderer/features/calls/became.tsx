import { Link } from '@tanstack/react-router'
import type { CallOutcome } from '#contract/calls.ts'
import { changeLooks } from '../../ui/change-words.ts'
import { Pill } from '../../ui/pill.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import styles from './calls.module.css'

/** What a filed call became, where that can be looked at, and how it stands. */
export function Became({ became }: { readonly became: readonly CallOutcome[] }) {
  const openExternal = useOpenExternal()
  return (
    <ul className={styles.became}>
      {became.map(({ words, ticketId, url, state, problem }) => {
        const looks = state && changeLooks({ state, intent: intentLike(ticketId) })
        return (
          <li key={words}>
            {ticketId !== null ? (
              <Link to="/today/ticket/$ticketId" params={{ ticketId: String(ticketId) }}>
                {words}
              </Link>
            ) : url !== null ? (
              <button type="button" className={styles.link} onClick={() => openExternal(url)}>
                {words}
              </button>
            ) : (
              <span>{words}</span>
            )}{' '}
            {looks && (
              <Pill tone={looks.tone} icon={looks.icon}>
                {looks.word}
              </Pill>
            )}
            {problem !== null && <span className={styles.soft}> {problem}</span>}
          </li>
        )
      })}
    </ul>
  )
}

/** Whose words say where a change stands: Zendesk's for a ticket, GitLab's otherwise. */
function intentLike(ticketId: number | null): Parameters<typeof changeLooks>[0]['intent'] {
  return ticketId === null ? { kind: 'subscribe-label', projectId: 1, name: 'any' } : { kind: 'follow', ticketId }
}
