import { useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Problem } from '../../ui/notice.tsx'
import { type ChosenPerson, PersonField } from '../../ui/person-field.tsx'
import { useZoneOf } from '../../ui/use-zone-of.ts'
import { windowProblem } from '../../ui/window-problem.ts'
import { WindowFields } from '../../ui/window-fields.tsx'
import styles from './coverage-screen.module.css'

/** Plans an absence: whose, from when to when. Accounts and covers are chosen in the plan itself. */
export function PlanDialog({ onClose }: { readonly onClose: () => void }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const connected = useConnectionStatus() === 'open'
  const first = useRef<HTMLInputElement>(null)
  const [person, setPerson] = useState<ChosenPerson | null>(null)
  const [window, setWindow] = useState({ startsAt: '', endsAt: '' })
  const { data: me } = useQuery({ ...queries.status(), select: (status) => status.me })
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.create.mutationOptions(),
    onSuccess: async (plan) => {
      queryClient.setQueryData(queries.plan(plan.id).queryKey, plan)
      onClose()
      void navigate({ to: '/coverage/plans/$planId', params: { planId: plan.id } })
      await queryClient.invalidateQueries({ queryKey: queries.procedures.plans.list.key() })
    },
  })
  const ase = person ?? me ?? null
  const problem = windowProblem(window)
  const timeZone = useZoneOf(ase?.id)
  return (
    <DialogFrame
      title="Plan an absence"
      initialFocus={first}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!connected || isPending || ase === null || problem !== undefined}
            onClick={() => ase && mutate({ aseId: ase.id, ...window })}
          >
            {isPending ? 'Planning…' : 'Plan it'}
          </Button>
        </>
      }
    >
      <PersonField
        label="Who is away"
        hint="All accounts they are the ASE of come with it; take away those that need no cover in the plan."
        person={ase}
        onChange={setPerson}
      />
      <WindowFields ref={first} window={window} timeZone={timeZone} onChange={setWindow} />
      <p className={styles.soft}>Nothing is sent, and nothing changes hands, by planning.</p>
      <Problem error={error} />
    </DialogFrame>
  )
}
