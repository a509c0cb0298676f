import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ZendeskConnection, ZendeskSignInKind } from '#contract/connections.ts'
import { useConnectionStatus, useNow, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ago } from '../../ui/time-words.ts'
import { connectionStates } from './connection-states.ts'
import { Fact } from './fact.tsx'
import { Section } from './settings-fields.tsx'
import { SignOutDialog } from './sign-out-dialog.tsx'
import { SignInEnd } from './sign-in-end.tsx'
import styles from './connections.module.css'

const kinds: Readonly<Record<ZendeskSignInKind, string>> = {
  oauth: 'OAuth',
  'api-token': 'API token',
  session: 'Your company’s own sign-in page',
}

/** Who I am in the connected Zendesk and how long, and the way out. */
export function ConnectedZendesk({ zendesk }: { readonly zendesk: ZendeskConnection }) {
  return (
    <Section title="Zendesk">
      <Identity zendesk={zendesk} />
      <Actions zendesk={zendesk} />
    </Section>
  )
}

function Identity({ zendesk }: { readonly zendesk: ZendeskConnection }) {
  const { word, tone, icon } = connectionStates[zendesk.state]
  const { user } = zendesk
  // What was known of a sign-in that is over says nothing any more.
  const health = zendesk.state === 'sign-in-needed' ? null : zendesk.health
  return (
    <>
      <p className={styles.head}>
        <strong>{new URL(zendesk.url).host}</strong>
        <Pill tone={tone} icon={icon}>
          {word}
        </Pill>
      </p>
      {zendesk.problem && <p className={styles.problem}>{zendesk.problem}</p>}
      <dl className={styles.facts}>
        <Fact name="You are">{user ? `${user.name} (${user.role})` : 'Not known: Zendesk has not said yet'}</Fact>
        <Fact name="Signed in by">
          {zendesk.email ? `${kinds[zendesk.kind]} of ${zendesk.email}` : kinds[zendesk.kind]}
        </Fact>
        {health && (
          <Fact name="Ends">
            <SignInEnd endsAt={health.endsAt} never="Zendesk tells no end" />
          </Fact>
        )}
        {health?.mayWrite === false && <Fact name="May">Read only: changes to tickets are refused</Fact>}
      </dl>
      {health && health.advice.length > 0 && (
        <ul className={styles.advice}>
          {health.advice.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function Actions({ zendesk }: { readonly zendesk: ZendeskConnection }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const now = useNow()
  const connected = useConnectionStatus() === 'open'
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.connections.checkZendesk.mutationOptions(),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: queries.procedures.connections.key() }),
  })
  const checkedAt = zendesk.health?.checkedAt ?? zendesk.probe?.checkedAt
  return (
    <>
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button icon="sync" disabled={isPending || !connected} onClick={() => mutate({})}>
          {isPending ? 'Checking…' : 'Check again'}
        </Button>
        <Button disabled={!connected} onClick={() => setAsking(true)}>
          Sign out…
        </Button>
        {checkedAt !== undefined && <span className={styles.soft}>Checked {ago(checkedAt, now)}</span>}
      </div>
      {asking && <SignOutDialog zendesk={zendesk} onClose={() => setAsking(false)} />}
    </>
  )
}
