import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReturnMeeting } from '#contract/returns.ts'
import { useTimeZone, useWindow } from '../../api/window-context.tsx'
import { BothZones } from '../../ui/both-zones.tsx'
import button from '../../ui/button.module.css'
import { classNames } from '../../ui/class-names.ts'
import { Pill, type PillTone } from '../../ui/pill.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { dayAndTime } from '../../ui/time-words.ts'
import { MeetingTime } from './meeting-time.tsx'
import { undecidedWords } from './row-looks.ts'
import { sidesWords } from './run-header.tsx'
import styles from './return-screen.module.css'

/** The attribute of the link that leads into a meeting. */
export const meetingLink = 'data-meeting'

/** One meeting: whose account, between whom, when, how far it is, and what to do next. */
export function MeetingCard({ meeting }: { readonly meeting: ReturnMeeting }) {
  const { coverageId, accountName, role, startsAt, endsAt, aseTimeZone, stage, state } = meeting
  const whose = role === 'ase' ? 'your account' : state === 'due' ? 'you covered' : 'you cover'
  return (
    <li className={styles.card}>
      <div className={styles.words}>
        <h3>
          {accountName} <HowFar meeting={meeting} />
        </h3>
        <p>
          {sidesWords(meeting)} <span className={styles.soft}>· {whose}</span>
        </p>
        <p className={styles.soft}>
          <BothZones startsAt={startsAt} endsAt={endsAt} timeZone={aseTimeZone} />
        </p>
        {stage !== 'handed-back' && <MeetingTime coverageId={coverageId} />}
      </div>
      <div className={styles.ways}>
        {stage !== 'list' && (
          <Link to="/return/$coverageId" params={{ coverageId }} aria-label={`The list of ${accountName}`}>
            The list
          </Link>
        )}
        <Next meeting={meeting} />
      </div>
    </li>
  )
}

function HowFar({ meeting }: { readonly meeting: ReturnMeeting }) {
  const { stage, state, handedBackAt } = meeting
  const timeZone = useTimeZone()
  if (stage === 'handed-back') {
    return (
      <Far
        tone="success"
        icon="check"
        words={`Handed back on ${dayAndTime(handedBackAt ?? meeting.endsAt, timeZone)}`}
      />
    )
  }
  if (stage === 'wrap-up') return <Far tone="info" icon="check" words="List done: transfers and notes next" />
  if (state === 'due') return <Undecided meeting={meeting} />
  return state === 'covered' ? <Decided meeting={meeting} /> : null
}

/** What is left of a list that is due. */
function Undecided({ meeting }: { readonly meeting: ReturnMeeting }) {
  const { queries } = useWindow()
  const { data: undecided } = useQuery({ ...queries.returnList(meeting.coverageId), select: (list) => list.undecided })
  if (undecided === undefined) return <Decided meeting={meeting} />
  return <Far tone={undecided === 0 ? 'success' : 'warning'} icon="return" words={undecidedWords(undecided)} />
}

function Decided({ meeting: { decided } }: { readonly meeting: ReturnMeeting }) {
  return <Far tone="plain" icon="dash" words={decided === 0 ? 'Not begun' : `${decided} decided`} />
}

function Far(props: { readonly tone: PillTone; readonly icon: IconName; readonly words: string }) {
  return (
    <Pill tone={props.tone} icon={props.icon}>
      {props.words}
    </Pill>
  )
}

/** The one thing to do next. Before anybody covers there is none. */
function Next({ meeting }: { readonly meeting: ReturnMeeting }) {
  const { coverageId, accountName, stage, state, startedAt } = meeting
  if (stage === 'list' && state === 'not-begun') return null
  const word =
    stage === 'handed-back'
      ? 'Look at it'
      : stage === 'wrap-up'
        ? 'Wrap up'
        : startedAt === null
          ? 'Run the list'
          : 'Go on'
  return (
    <Link
      {...{ [meetingLink]: '' }}
      to={stage === 'list' ? '/return/$coverageId' : '/return/$coverageId/wrap-up'}
      params={{ coverageId }}
      aria-label={`${word}: ${accountName}`}
      className={classNames(button.button, stage !== 'handed-back' && state === 'due' ? button.primary : styles.way)}
    >
      {word}
    </Link>
  )
}
