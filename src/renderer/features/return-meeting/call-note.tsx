import { useId, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import styles from './wrap-up.module.css'

type Audience = 'customer' | 'internal'

/** The meeting as a call: begun for the readers that are chosen, then typed and filed where calls are. */
export function CallNote({ coverageId, call }: { readonly coverageId: string; readonly call: ReturnWrapUp['call'] }) {
  return (
    <section aria-labelledby="wrap-up-call" className={styles.block}>
      <h3 id="wrap-up-call">The call</h3>
      {call ? <WrittenCall call={call} /> : <BeginCall coverageId={coverageId} />}
    </section>
  )
}

function WrittenCall({ call }: { readonly call: NonNullable<ReturnWrapUp['call']> }) {
  const { id, filed, url, words } = call
  const openExternal = useOpenExternal()
  return (
    <p className={styles.line}>
      <Pill tone={filed ? 'success' : 'caution'} icon={filed ? 'check' : 'edit'}>
        {filed ? 'Filed' : 'Draft'}
      </Pill>
      <span>{words}</span>
      <Link to="/calls/$callId" params={{ callId: id }}>
        {filed ? 'Look at it' : 'Go on with it, and file it'}
      </Link>
      {url !== null && (
        <Button look="quiet" icon="external" onClick={() => openExternal(url)}>
          Open in GitLab
        </Button>
      )}
    </p>
  )
}

function BeginCall({ coverageId }: { readonly coverageId: string }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const connected = useConnectionStatus() === 'open'
  const [audience, setAudience] = useState<Audience | null>(null)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.returnWrapUps.call.mutationOptions(),
    onSuccess: async ({ callId }) => {
      void queryClient.invalidateQueries({ queryKey: queries.procedures.returnWrapUps.key() })
      await navigate({ to: '/calls/$callId', params: { callId } })
    },
  })
  return (
    <>
      <fieldset className={styles.audience}>
        <legend>Who will read it</legend>
        <Choice
          label="Colleagues only"
          means="All that was decided goes into it, with the notes you took and what stands in internal notes. Choose a project that the customer does not see when you file it."
          checked={audience === 'internal'}
          onChoose={() => setAudience('internal')}
        />
        <Choice
          label="The customer too"
          means="For the project you share with them. Decisions and action items go into it; your notes and internal notes do not."
          checked={audience === 'customer'}
          onChoose={() => setAudience('customer')}
        />
      </fieldset>
      <Problem error={error} />
      <p className={styles.line}>
        <Button
          look="primary"
          icon="phone"
          disabled={!connected || isPending || audience === null}
          onClick={() => audience && mutate({ coverageId, audience })}
        >
          {isPending ? 'Writing…' : 'Write the call'}
        </Button>
        <span className={styles.soft}>
          {audience === null ? 'Choose first who will read it. ' : ''}You read and change it before it is filed.
        </span>
      </p>
    </>
  )
}

function Choice(props: {
  readonly label: string
  readonly means: string
  readonly checked: boolean
  readonly onChoose: () => void
}) {
  const id = useId()
  return (
    <div>
      <label className={styles.check}>
        <input
          type="radio"
          name="call-audience"
          aria-describedby={id}
          checked={props.checked}
          onChange={props.onChoose}
        />
        {props.label}
      </label>
      <p id={id} className={styles.means}>
        {props.means}
      </p>
    </div>
  )
}
