import { useRef } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { ReturnMeeting } from '#contract/returns.ts'
import type { ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { useConnectionStatus, useNow, useWindow } from '../../api/window-context.tsx'
import { BothZones } from '../../ui/both-zones.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useRefusal } from '../../ui/use-refusal.ts'
import { HandBack } from './hand-back-part.tsx'
import { Lesson } from './lesson-part.tsx'
import { MeetingTime } from './meeting-time.tsx'
import { Notes } from './notes-part.tsx'
import { Numbers } from './numbers-part.tsx'
import { Transfers } from './transfers-part.tsx'
import { usePartKeys } from './use-part-keys.ts'
import { WrapUpPart } from './wrap-up-part.tsx'
import { wrapUpStates } from './wrap-up-states.ts'
import styles from './wrap-up.module.css'

/** What follows the list of a return meeting: transfers, notes, what was learned, numbers, and the handing back. */
export function WrapUpScreen() {
  const { coverageId } = useParams({ from: '/return/$coverageId/wrap-up' })
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.returnMeetings())
  const meetings = data?.meetings ?? []
  const meeting = meetings.find(
    (each) => each.coverageId === coverageId || each.covers.some((cover) => cover.coverageId === coverageId),
  )
  if (meeting) return <Gate key={meeting.meetingId} meeting={meeting} next={nextOf(meeting, meetings)} />
  return (
    <Screen title="Return">
      {data ? (
        <EmptyState icon="return" title="There is no such return meeting">
          <p>
            <Link to="/return">Go to Return</Link>
          </p>
        </EmptyState>
      ) : error ? (
        <ErrorNotice what="The return meeting could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the return meeting…" />
      )}
    </Screen>
  )
}

/** The next account of the same absence that there is all to be gone over of. */
function nextOf(meeting: ReturnMeeting, meetings: readonly ReturnMeeting[]): ReturnMeeting | undefined {
  return meetings.find(
    ({ absenceId, meetingId, state, stage }) =>
      absenceId === meeting.absenceId && meetingId !== meeting.meetingId && state === 'due' && stage !== 'handed-back',
  )
}

interface GateProps {
  readonly meeting: ReturnMeeting
  readonly next: ReturnMeeting | undefined
}

function Gate({ meeting, next }: GateProps) {
  const { coverageId, accountName, stage } = meeting
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery({ ...queries.returnWrapUp(coverageId), enabled: stage !== 'list' })
  return (
    <Screen
      title={`Return: ${accountName}`}
      about={<About meeting={meeting} />}
      actions={stage === 'wrap-up' && <BackToList coverageId={coverageId} />}
    >
      {stage === 'list' ? (
        <EmptyState icon="return" title="The list is not at its end yet">
          <p>Transfers, notes and the handing back follow when something is decided of every row.</p>
          <p>
            <Link to="/return/$coverageId" params={{ coverageId }}>
              Go on with the list
            </Link>
          </p>
        </EmptyState>
      ) : data ? (
        <Parts meeting={meeting} wrapUp={data} next={next} />
      ) : error ? (
        <ErrorNotice what="What follows the list could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading what follows the list…" />
      )}
    </Screen>
  )
}

function About({ meeting }: { readonly meeting: ReturnMeeting }) {
  const { startsAt, endsAt, aseTimeZone, aseName, covers } = meeting
  const names = new Intl.ListFormat('en-GB').format([...new Set(covers.map(({ name }) => name))])
  return (
    <>
      <Link to="/return">Back to Return</Link> · {names} for {aseName},{' '}
      <BothZones startsAt={startsAt} endsAt={endsAt} timeZone={aseTimeZone} />
    </>
  )
}

/** The list moves again then; what was ordered and written stays. */
function BackToList({ coverageId }: { readonly coverageId: string }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const refused = useRefusal()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending } = useMutation({
    ...queries.procedures.returns.settle.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queries.procedures.returns.key() })
      await navigate({ to: '/return/$coverageId', params: { coverageId } })
    },
    onError: (error) => refused('The list was not opened again', error),
  })
  return (
    <Button icon="before" disabled={!connected || isPending} onClick={() => mutate({ coverageId, settled: false })}>
      Back to the list
    </Button>
  )
}

function Parts({ meeting, wrapUp, next }: GateProps & { readonly wrapUp: ReturnWrapUp }) {
  const { coverageId, meetingId } = meeting
  const parts = useRef<HTMLDivElement>(null)
  usePartKeys(parts)
  const states = wrapUpStates(meeting, wrapUp)
  return (
    <div ref={parts} className={styles.parts}>
      {meeting.stage !== 'handed-back' && <NotHeldYet coverageId={coverageId} />}
      <WrapUpPart heading="Transfers" state={states.transfers}>
        <Transfers meeting={meeting} wrapUp={wrapUp} />
      </WrapUpPart>
      <WrapUpPart heading="Notes" state={states.notes}>
        <Notes meeting={meeting} wrapUp={wrapUp} />
      </WrapUpPart>
      <WrapUpPart heading="Did it help" state={states.lesson}>
        <Lesson {...{ coverageId, meetingId, wrapUp }} />
      </WrapUpPart>
      <WrapUpPart heading="Numbers" state={states.numbers}>
        <Numbers coverageId={coverageId} />
      </WrapUpPart>
      <WrapUpPart heading="Hand back" state={states.handBack}>
        <HandBack {...{ meeting, wrapUp, next }} />
      </WrapUpPart>
    </div>
  )
}

/** Who went over the list before the meeting still has to meet. */
function NotHeldYet({ coverageId }: { readonly coverageId: string }) {
  const { queries } = useWindow()
  const now = useNow()
  const { data } = useQuery(queries.returnTime(coverageId))
  return data && data.startsAt > now ? <MeetingTime coverageId={coverageId} /> : null
}
