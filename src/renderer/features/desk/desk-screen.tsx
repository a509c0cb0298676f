import { type ReactNode, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { DeskPage } from '#contract/desk.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Screen } from '../../ui/screen.tsx'
import { DeskContacts } from './desk-contacts.tsx'
import { DeskEnvironment } from './desk-environment.tsx'
import { DeskCoverages, DeskFacts, DeskOrgNote, DeskRestricted } from './desk-facts.tsx'
import { DeskOnboarding } from './desk-onboarding.tsx'
import { DeskPeople } from './desk-people.tsx'
import { DeskResources } from './desk-resources.tsx'
import { GiveOutDialog } from './give-out-dialog.tsx'
import { TakeInDialog } from './take-in-dialog.tsx'
import styles from './desk.module.css'

/**
 * One account with all that its next engineer needs beside its tickets.
 *
 * @param props.more what other parts of the window say of the account.
 */
export function DeskScreen({ more }: { readonly more?: (accountId: number) => ReactNode }) {
  const { accountId } = useParams({ from: '/accounts/$accountId' })
  const { queries } = useWindow()
  const id = Number(accountId)
  const isNumber = Number.isSafeInteger(id) && id > 0
  const { data, error, refetch } = useQuery({ ...queries.desk(id), enabled: isNumber })
  const back = <Link to="/accounts">Back to Accounts</Link>
  if (data) return <TheDesk key={data.account.id} page={data} back={back} more={more?.(data.account.id)} />
  const gone = !isNumber || (error && 'code' in error && error.code === 'NOT_FOUND')
  return (
    <Screen title="Account" about={back}>
      {gone ? (
        <EmptyState icon="building" title="This account is not followed here">
          <p>Accounts lists those that are, and follows another one.</p>
        </EmptyState>
      ) : error ? (
        <ErrorNotice what="The account could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the account…" />
      )}
    </Screen>
  )
}

function TheDesk(props: { readonly page: DeskPage; readonly back: ReactNode; readonly more: ReactNode }) {
  const { page, back, more } = props
  const [open, setOpen] = useState<'take-in' | 'give-out' | undefined>(undefined)
  const close = () => setOpen(undefined)
  const isNew = page.onboarding.steps.some(({ done }) => !done)
  const onboarding = <DeskOnboarding page={page} />
  return (
    <Screen
      title={page.account.name}
      about={
        <>
          {back}{' '}
          {page.restricted && (
            <Pill tone="warning" icon="lock">
              Restricted
            </Pill>
          )}
        </>
      }
      actions={
        <div className={styles.buttons}>
          <Button icon="download" onClick={() => setOpen('take-in')}>
            Take in…
          </Button>
          <Button icon="copy" onClick={() => setOpen('give-out')}>
            Give out…
          </Button>
        </div>
      }
    >
      <div className={styles.body}>
        <div className={styles.main}>
          <DeskPeople page={page} />
          <DeskContacts page={page} />
          <DeskEnvironment page={page} />
          <DeskResources page={page} />
          {more}
        </div>
        <div className={styles.side}>
          <DeskFacts page={page} />
          {isNew && onboarding}
          <DeskOrgNote page={page} />
          <DeskCoverages page={page} />
          {!isNew && onboarding}
          <DeskRestricted page={page} />
        </div>
      </div>
      {open === 'take-in' && <TakeInDialog page={page} onClose={close} />}
      {open === 'give-out' && <GiveOutDialog page={page} onClose={close} />}
    </Screen>
  )
}
