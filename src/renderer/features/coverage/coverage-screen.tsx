import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { CoverageTable } from './coverage-table.tsx'
import { LoadPanel } from './load-panel.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { PlanList } from './plan-list.tsx'
import { Ribbon } from './ribbon.tsx'
import { ShiftDialog } from './shift-dialog.tsx'
import { ShiftList } from './shift-list.tsx'
import { usePlanExchange } from './use-plan-exchange.ts'
import styles from './coverage-screen.module.css'

type OpenDialog = 'plan' | 'import' | 'shift'

/** Six weeks of who is away and who covers, the plans for it, the shifts that have to change hands, and what it costs me. */
export function CoverageScreen() {
  const [open, setOpen] = useState<OpenDialog | undefined>(undefined)
  const exchange = usePlanExchange()
  const shifts = useRef<HTMLElement>(null)
  const close = () => setOpen(undefined)
  const goToShift = (shiftId: string) => {
    const card = shifts.current?.querySelector<HTMLElement>(`[data-shift="${CSS.escape(shiftId)}"]`)
    // Those that are over are folded away.
    card?.closest('details')?.setAttribute('open', '')
    card?.focus()
  }
  useShortcuts([
    { keys: 'n', words: 'Plan an absence', group: 'Coverage', run: () => setOpen('plan') },
    { keys: 'i', words: 'Take in a plan', group: 'Coverage', run: () => setOpen('import') },
  ])
  return (
    <Screen
      title="Coverage"
      about="Who is away, who covers, and what that means for on-call and load."
      actions={
        <div className={styles.actions}>
          <Button icon="download" onClick={() => setOpen('import')}>
            Take in a plan…
          </Button>
          <Button icon="plus" look="primary" onClick={() => setOpen('plan')}>
            Plan an absence
          </Button>
        </div>
      }
    >
      <div className={styles.parts}>
        <Ribbon onPlan={() => setOpen('plan')} onShift={goToShift} />
        <PlanList />
        <ShiftList ref={shifts} onAdd={() => setOpen('shift')} />
        <LoadPanel />
        <Coverages />
      </div>
      {open === 'plan' && <PlanDialog onClose={close} />}
      {open === 'import' && <ImportDialog exchange={exchange} onClose={close} />}
      {open === 'shift' && <ShiftDialog onClose={close} />}
    </Screen>
  )
}

function Coverages() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.coverages())
  return (
    <section aria-labelledby="coverages">
      <h2 id="coverages">Agreed coverages</h2>
      {data ? (
        <CoverageTable coverages={data.coverages} />
      ) : error ? (
        <ErrorNotice what="The coverages could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the coverages…" />
      )}
    </section>
  )
}
