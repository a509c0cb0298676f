import { useQuery } from '@tanstack/react-query'
import type { OutboxEntry } from '#contract/outbox.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ChangeCard } from '../../ui/change-card.tsx'
import { isSettled, needsMe } from '../../ui/change-words.ts'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import styles from './changes-screen.module.css'

/** Every change made from here: what needs a person first, then what is on its way, then what is settled. */
export function ChangesScreen() {
  const { queries } = useWindow()
  const unsettled = useQuery(queries.unsettledChanges())
  const recent = useQuery(queries.recentChanges())
  const error = unsettled.error ?? recent.error
  const entries = unsettled.data &&
    recent.data && [...unsettled.data.entries, ...recent.data.entries.filter((entry) => isSettled(entry))]
  const counts = unsettled.data ?? { waiting: 0, needMe: 0 }
  return (
    <Screen title="Changes" about={entries && entries.length > 0 && countWords(counts)}>
      {entries?.length === 0 ? (
        <EmptyState icon="send" title="Nothing was changed from here yet">
          <p>
            Put yourself on Cc, write a note, assign or tag from an open ticket; comment on an issue of an account or
            open a new one: each change is listed here until Zendesk or GitLab shows it, and after that.
          </p>
        </EmptyState>
      ) : entries ? (
        <div className={styles.groups}>
          <Group
            title="Need you"
            about="Try again, give up, or choose whose change stays. Nothing is sent for these until you do."
            entries={entries.filter(needsMe)}
          />
          <Group
            title="On their way"
            about="What waits to be sent can be taken back. What was handed to Zendesk or GitLab is looked after until it shows there."
            entries={entries.filter((entry) => !needsMe(entry) && !isSettled(entry))}
          />
          <Group
            title="Settled"
            about="To undo one that was made, make the opposite change from its ticket or issue."
            entries={entries.filter(isSettled)}
          />
        </div>
      ) : error ? (
        <ErrorNotice
          what="The changes could not be read"
          error={error}
          onRetry={() => void Promise.all([unsettled.refetch(), recent.refetch()])}
        />
      ) : (
        <Loading what="Reading the changes…" />
      )}
    </Screen>
  )
}

function Group(props: {
  readonly title: string
  /** What a person can do about them. */
  readonly about: string
  readonly entries: readonly OutboxEntry[]
}) {
  const { title, about, entries } = props
  if (entries.length === 0) return null
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className={styles.count}>{entries.length}</span>
      </h2>
      <p className={styles.about}>{about}</p>
      <ul className={styles.list}>
        {entries.map((entry) => (
          <ChangeCard key={entry.id} entry={entry} withTarget />
        ))}
      </ul>
    </section>
  )
}

function countWords({ waiting, needMe }: { readonly waiting: number; readonly needMe: number }): string {
  if (waiting === 0 && needMe === 0) return 'Every change is settled.'
  const parts = [
    needMe > 0 && (needMe === 1 ? '1 needs you' : `${needMe} need you`),
    waiting > 0 && (waiting === 1 ? '1 is on its way' : `${waiting} are on their way`),
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}
