import { useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReturnMeeting } from '#contract/returns.ts'
import { useWindow } from '../../api/window-context.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { MeetingCard, meetingLink } from './meeting-card.tsx'
import styles from './return-screen.module.css'

/** The meetings after absences: what is due, what is covered right now, what is to come, and what was handed back. */
export function ReturnScreen() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.returnMeetings())
  return (
    <Screen title="Return" about="The meeting after an absence: what happened, and who keeps which ticket.">
      {data ? (
        <Meetings meetings={data.meetings} />
      ) : error ? (
        <ErrorNotice what="The meetings could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the meetings…" />
      )}
    </Screen>
  )
}

function Meetings({ meetings }: { readonly meetings: readonly ReturnMeeting[] }) {
  const all = useRef<HTMLDivElement>(null)
  useMeetingKeys(all)
  if (meetings.length === 0) {
    return (
      <EmptyState icon="return" title="Nothing is to be handed back">
        <p>
          This fills as soon as somebody covers your accounts, or you cover theirs: plan it under{' '}
          <Link to="/coverage">Coverage</Link>. What happens meanwhile is listed here row by row, whenever Zendesk and
          GitLab are read.
        </p>
      </EmptyState>
    )
  }
  const open = meetings.filter(({ stage }) => stage !== 'handed-back')
  const back = meetings.filter(({ stage }) => stage === 'handed-back')
  const inState = (state: ReturnMeeting['state']) => open.filter((meeting) => meeting.state === state)
  return (
    <div ref={all} className={styles.sections}>
      {open.length === 0 && <p className={styles.soft}>Everything was handed back.</p>}
      <Section title="Due" meetings={inState('due')} />
      <Section title="Covered right now" meetings={inState('covered')} />
      <Section title="To come" meetings={inState('not-begun')} />
      {back.length > 0 && (
        <details>
          <summary className={styles.fold}>
            {back.length === 1 ? '1 account handed back' : `${back.length} accounts handed back`}
          </summary>
          <Cards meetings={back} />
        </details>
      )}
    </div>
  )
}

function Section({ title, meetings }: { readonly title: string; readonly meetings: readonly ReturnMeeting[] }) {
  if (meetings.length === 0) return null
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      <Cards meetings={meetings} />
    </section>
  )
}

function Cards({ meetings }: { readonly meetings: readonly ReturnMeeting[] }) {
  return (
    <ul className={styles.cards}>
      {meetings.map((meeting) => (
        <MeetingCard key={meeting.meetingId} meeting={meeting} />
      ))}
    </ul>
  )
}

/** Goes from meeting to meeting by keyboard: the focus stands on what leads into it. */
function useMeetingKeys(all: React.RefObject<HTMLElement | null>): void {
  const links = () => [...(all.current?.querySelectorAll<HTMLElement>(`[${meetingLink}]`) ?? [])].filter(isInSight)
  const move = (steps: number) => {
    const there = links()
    const here = there.findIndex((link) => link === document.activeElement)
    const next = here < 0 ? 0 : Math.max(0, Math.min(here + steps, there.length - 1))
    there[next]?.focus()
    there[next]?.closest('li')?.scrollIntoView({ block: 'nearest' })
  }
  useShortcuts([
    { keys: 'j', words: 'Next meeting', group: 'Return', run: () => move(1) },
    { keys: 'ArrowDown', words: 'Next meeting', group: 'Return', run: () => move(1) },
    { keys: 'k', words: 'Meeting before', group: 'Return', run: () => move(-1) },
    { keys: 'ArrowUp', words: 'Meeting before', group: 'Return', run: () => move(-1) },
    // A link that has the focus is opened by the browser; this is for when none has.
    { keys: 'Enter', words: 'Run its list, or what comes next', group: 'Return', run: () => links()[0]?.click() },
  ])
}

function isInSight(link: HTMLElement): boolean {
  return link.checkVisibility()
}
