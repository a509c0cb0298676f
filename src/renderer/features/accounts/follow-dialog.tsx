import { useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { OrganizationDetails } from '#contract/accounts.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { fewestLetters, Finder, type Finding } from '../../ui/finder.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { useSettled } from '../../ui/use-settled.ts'
import { AccountFields } from './account-fields.tsx'
import { suggestedLink, valuesOf, type AccountLink } from './account-link.ts'
import { OrganizationRecord } from './organization-record.tsx'
import styles from './accounts-screen.module.css'

/** Finds an organization in Zendesk, shows what is known of it, and follows it. */
export function FollowDialog({ onClose }: { readonly onClose: () => void }) {
  const [chosen, setChosen] = useState<Finding | undefined>(undefined)
  if (chosen === undefined) return <FindOrganization onChoose={setChosen} onClose={onClose} />
  return <FollowOrganization chosen={chosen} onBack={() => setChosen(undefined)} onClose={onClose} />
}

function FindOrganization(props: { readonly onChoose: (found: Finding) => void; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const wanted = useSettled(text.trim())
  const { data, error } = useQuery({ ...queries.findOrganizations(wanted), enabled: wanted.length >= fewestLetters })
  const answered = wanted === text.trim()
  const findings = data?.organizations.map(({ id, name, followed }) => ({
    id,
    words: name,
    hint: followed ? 'Followed already' : `Organization ${id}`,
    barred: followed,
  }))
  return (
    <DialogFrame
      title="Follow an account"
      initialFocus={field}
      onClose={props.onClose}
      actions={<Button onClick={props.onClose}>Cancel</Button>}
    >
      <Finder
        ref={field}
        label="Name of the organization in Zendesk"
        hint="At least two letters that the name begins with."
        nothingFound="No organization’s name begins like this."
        text={text}
        onText={setText}
        findings={answered ? findings : undefined}
        error={answered ? error : null}
        onChoose={props.onChoose}
      />
    </DialogFrame>
  )
}

function FollowOrganization(props: {
  readonly chosen: Finding
  readonly onBack: () => void
  readonly onClose: () => void
}) {
  const { chosen, onBack, onClose } = props
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.organization(chosen.id))
  if (data) return <FollowForm organization={data} onBack={onBack} onClose={onClose} />
  return (
    <DialogFrame
      title={`Follow ${chosen.words}`}
      onClose={onClose}
      aside={<Button onClick={onBack}>Another organization</Button>}
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      {error ? (
        <ErrorNotice what="The record could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading its record in Zendesk…" />
      )}
    </DialogFrame>
  )
}

function FollowForm(props: {
  readonly organization: OrganizationDetails
  readonly onBack: () => void
  readonly onClose: () => void
}) {
  const { organization, onBack, onClose } = props
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const timeZone = useTimeZone()
  const connected = useConnectionStatus() === 'open'
  const { add } = Toast.useToastManager()
  const { data: meId } = useQuery({ ...queries.status(), select: (status) => status.me?.id })
  const [changed, setChanged] = useState<AccountLink | undefined>(undefined)
  const link = changed ?? suggestedLink(organization.suggested, meId)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.accounts.add.mutationOptions(),
    onSuccess: async (account) => {
      onClose()
      add({ title: `${account.name} is followed`, description: 'Its tickets are read from now on.' })
      await queryClient.invalidateQueries({ queryKey: queries.procedures.accounts.key() })
    },
  })
  const values = valuesOf(link, meId, timeZone)
  const missing = typeof values === 'string' ? values : undefined
  return (
    <DialogFrame
      title={`Follow ${organization.name}`}
      onClose={onClose}
      aside={<Button onClick={onBack}>Another organization</Button>}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!connected || isPending || missing !== undefined || organization.followed}
            onClick={() => typeof values !== 'string' && mutate({ organizationId: organization.id, ...values })}
          >
            {isPending ? 'Asking…' : 'Follow'}
          </Button>
        </>
      }
    >
      <OrganizationRecord organization={organization} />
      <p className={styles.soft}>Filled in as its record suggests. Change what is not right.</p>
      <AccountFields link={link} suggested={organization.suggested} onChange={setChanged} />
      {missing && <p className={styles.soft}>{missing}</p>}
      <Problem error={error} />
    </DialogFrame>
  )
}
