import { type RefObject, useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ZendeskConnection } from '#contract/connections.ts'
import type { ServiceClient } from '../../api/connection.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { ConnectZendesk } from './connect-zendesk.tsx'
import { ConnectedZendesk } from './connected-zendesk.tsx'
import { GitlabSection } from './gitlab-section.tsx'
import { PendingSignIn } from './pending-sign-in.tsx'
import { Section } from './settings-fields.tsx'
import { VaultLine } from './vault-line.tsx'
import { ZendeskMeter } from './zendesk-meter.tsx'
import { ZendeskOffer } from './zendesk-offer.tsx'
import styles from './connections.module.css'

type Connections = Awaited<ReturnType<ServiceClient['connections']['get']>>

/** Which Zendesk is read, who I am there, what it offers and costs; or how to connect one. */
export function ConnectionsScreen() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.connectionsWithMeter())
  return (
    <Screen title="Settings › Connections" about={<Link to="/settings">Back to Settings</Link>}>
      {data ? (
        <ConnectionsBody connections={data} />
      ) : error ? (
        <ErrorNotice what="The connections could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the connections…" />
      )}
    </Screen>
  )
}

function ConnectionsBody({ connections }: { readonly connections: Connections }) {
  const { zendesk, signIn, gitlab, gitlabSignIn, canUseSession } = connections
  const body = useRef<HTMLDivElement>(null)
  useFocusKept(body, [zendesk, signIn, gitlab, gitlabSignIn].map((one) => one?.state).join(' '))
  return (
    <div ref={body} tabIndex={-1} className={styles.body}>
      {zendesk && <ConnectedZendesk zendesk={zendesk} />}
      {signIn ? (
        <Section title={zendesk ? 'Sign in again' : 'Zendesk'}>
          <PendingSignIn signIn={signIn} />
        </Section>
      ) : (
        (zendesk === null || zendesk.state === 'sign-in-needed') && (
          <Section title={zendesk ? 'Sign in again' : 'Zendesk'}>
            {zendesk === null && <WhatConnectingDoes />}
            <ConnectZendesk known={zendesk} canUseSession={canUseSession} />
          </Section>
        )
      )}
      {zendesk && <WhatItOffersAndCosts zendesk={zendesk} />}
      <GitlabSection connections={connections} />
      <Section title="Secrets">
        <VaultLine vault={connections.vault} />
      </Section>
    </div>
  )
}

function WhatItOffersAndCosts({ zendesk }: { readonly zendesk: ZendeskConnection }) {
  return (
    <>
      {zendesk.probe && (
        <Section title="What it offers">
          <ZendeskOffer probe={zendesk.probe} />
        </Section>
      )}
      <Section title="Requests">
        <ZendeskMeter meter={zendesk.meter} />
        {zendesk.pollPlan && <p className={styles.soft}>{zendesk.pollPlan.words}</p>}
      </Section>
    </>
  )
}

function WhatConnectingDoes() {
  return (
    <>
      <p>
        Once connected, Understudy reads the tickets of the accounts you follow, as you and with your permissions, and
        keeps them on this machine. It changes a ticket only when you press Send under what exactly is changed.
      </p>
      <p className={styles.soft}>
        What you see until then is the sample workspace. It stays apart: nothing of it goes to your Zendesk.
      </p>
    </>
  )
}

/** When a form or button goes because things stand differently, its focus goes to what is there instead. */
function useFocusKept(body: RefObject<HTMLElement | null>, standing: string): void {
  const before = useRef(standing)
  useEffect(() => {
    if (before.current !== standing && document.activeElement === document.body) body.current?.focus()
    before.current = standing
  }, [body, standing])
}
