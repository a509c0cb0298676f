import { useRef } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReturnMeeting } from '#contract/returns.ts'
import type { ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { useConnectionStatus, useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Caution, Problem } from '../../ui/notice.tsx'
import { dayAndTime } from '../../ui/time-words.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { KeptUntil } from './kept-until.tsx'
import { unfinished } from './wrap-up-states.ts'
import styles from './wrap-up.module.css'

interface HandBackProps {
  readonly meeting: ReturnMeeting
  readonly wrapUp: ReturnWrapUp
  /** The same absence's other accounts that are still to be handed back. */
  readonly next: ReturnMeeting | undefined
}

/** Where the account becomes the ASE's again: what ends with it before, what ended with it after, and the way back. */
export function HandBack({ meeting, wrapUp, next }: HandBackProps) {
  const [kept, keepLifted] = useDraft(`return-lifted.${meeting.meetingId}`)
  const standing = useRef<HTMLParagraphElement>(null)
  const focus = () => standing.current?.focus()
  return (
    <>
      {meeting.stage === 'handed-back' ? (
        <After
          {...{ meeting, next, standing }}
          lifted={kept.split('\n').filter((line) => line !== '')}
          onTakenBack={() => (keepLifted(''), focus())}
        />
      ) : (
        <Before
          {...{ meeting, wrapUp, standing }}
          onHandedBack={(lifted) => (keepLifted(lifted.join('\n')), focus())}
        />
      )}
    </>
  )
}

function Before(props: {
  readonly meeting: ReturnMeeting
  readonly wrapUp: ReturnWrapUp
  readonly standing: React.Ref<HTMLParagraphElement>
  readonly onHandedBack: (lifted: readonly string[]) => void
}) {
  const { meeting, wrapUp, standing, onHandedBack } = props
  const { coverageId, accountName, aseName } = meeting
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const keep = useMeetingsKept()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.returns.handBack.mutationOptions(),
    onSuccess: async ({ lifted }) => {
      await keep()
      onHandedBack(lifted)
    },
  })
  const open = unfinished(wrapUp)
  return (
    <>
      <p ref={standing} tabIndex={-1} className={styles.result}>
        {aseName} works {accountName} again from the moment you hand it back.
      </p>
      <WhatEnds meeting={meeting} />
      {open.length > 0 && (
        <Caution icon="info">
          <strong>Not finished, and it can be finished afterwards:</strong>
          <ul className={styles.listed} aria-label="Not finished">
            {open.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Caution>
      )}
      <Problem error={error} />
      <p>
        <Button look="primary" icon="return" disabled={!connected || isPending} onClick={() => mutate({ coverageId })}>
          {isPending ? 'Handing back…' : `Hand back ${accountName} to ${aseName}`}
        </Button>
      </p>
    </>
  )
}

/** What handing back ends, in words, before it does. A coverage that is over ended it already. */
function WhatEnds({ meeting }: { readonly meeting: ReturnMeeting }) {
  const now = useNow()
  const timeZone = useTimeZone()
  const { accountName, endsAt, role, covers } = meeting
  const cover = covers.at(-1)?.name ?? 'The covering engineer'
  if (endsAt <= now) {
    return (
      <p>
        The coverage ended on {dayAndTime(endsAt, timeZone)}, and with it the lower load, the on-call swap flag, the
        alerts and the guard. Handing back says that nothing of it is left.
      </p>
    )
  }
  return (
    <div>
      <p>The coverage ends now instead of {dayAndTime(endsAt, timeZone)}, and with it:</p>
      <ul className={styles.listed} aria-label="What ends">
        <li>
          Load: {accountName} takes nothing more from {role === 'cover' ? 'your' : `${cover}’s`} work on other tickets.
        </li>
        <li>On-call: the swap flag of a shift goes down where {accountName} was what raised it.</li>
        {role === 'cover' ? (
          <>
            <li>Alerts: those of {accountName} stop.</li>
            <li>Guard: nobody is told any more when its tickets lose their assignee or you on Cc.</li>
          </>
        ) : (
          <li>Alerts: those of {accountName} come to you again.</li>
        )}
      </ul>
    </div>
  )
}

function After(props: {
  readonly meeting: ReturnMeeting
  readonly next: ReturnMeeting | undefined
  readonly standing: React.Ref<HTMLParagraphElement>
  readonly lifted: readonly string[]
  readonly onTakenBack: () => void
}) {
  const { meeting, next, standing, lifted, onTakenBack } = props
  const { coverageId, accountName, aseName, handedBackAt } = meeting
  const timeZone = useTimeZone()
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const keep = useMeetingsKept()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.returns.takeBack.mutationOptions(),
    onSuccess: async () => {
      await keep()
      onTakenBack()
    },
  })
  return (
    <>
      <p ref={standing} tabIndex={-1} className={styles.result}>
        {accountName} is {aseName}’s again
        {handedBackAt !== null && ` since ${dayAndTime(handedBackAt, timeZone)}`}.
      </p>
      {lifted.length > 0 ? (
        <ul className={styles.listed} aria-label="What ended">
          {lifted.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : (
        <p className={styles.soft}>Load, on-call flag, alerts and guard of the coverage ended then at the latest.</p>
      )}
      <KeptUntil meeting={meeting} />
      {next && (
        <p>
          Next of the same absence:{' '}
          <Link to="/return/$coverageId" params={{ coverageId: next.coverageId }}>
            {next.accountName}
          </Link>
        </p>
      )}
      <Problem error={error} />
      <p>
        <Button icon="return" disabled={!connected || isPending} onClick={() => mutate({ coverageId })}>
          Take that back
        </Button>
      </p>
    </>
  )
}

/** Asks again for all that shows how far meetings are. */
function useMeetingsKept(): () => Promise<void> {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const { returns, returnWrapUps, customerData } = queries.procedures
  return async () => {
    void queryClient.invalidateQueries({ queryKey: returnWrapUps.key() })
    void queryClient.invalidateQueries({ queryKey: customerData.key() })
    await queryClient.invalidateQueries({ queryKey: returns.key() })
  }
}
