import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { GitlabConnection } from '#contract/gitlab-connection.ts'
import { useConnectionStatus, useNow, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ago, figure } from '../../ui/time-words.ts'
import { connectionStates } from './connection-states.ts'
import { Fact } from './fact.tsx'
import { GitlabSignOutDialog } from './gitlab-sign-out-dialog.tsx'
import { SignInEnd } from './sign-in-end.tsx'
import styles from './connections.module.css'

/** Who I am in the connected GitLab, what the sign-in may do and how long, and the way out. */
export function ConnectedGitlab({ gitlab }: { readonly gitlab: GitlabConnection }) {
  const { word, tone, icon } = connectionStates[gitlab.state]
  const { host, pathname } = new URL(gitlab.url)
  const readOnly = gitlab.mode === 'read-only'
  return (
    <>
      <p className={styles.head}>
        <strong>{`${host}${pathname}`.replace(/\/$/, '')}</strong>
        <Pill tone={tone} icon={icon}>
          {word}
        </Pill>
        {readOnly && (
          <Pill tone="info" icon="eye">
            Read only
          </Pill>
        )}
      </p>
      {gitlab.problem && <p className={styles.problem}>{gitlab.problem}</p>}
      {gitlab.warning && (
        <p role="status" className={styles.caution}>
          <Icon name="alert" size={14} />
          <span>{gitlab.warning}</span>
        </p>
      )}
      <Facts gitlab={gitlab} />
      <Actions gitlab={gitlab} />
    </>
  )
}

function Facts({ gitlab }: { readonly gitlab: GitlabConnection }) {
  const { user, kind, health, meter, modeWords } = gitlab
  return (
    <>
      <dl className={styles.facts}>
        <Fact name="You are">
          {user.name} (@{user.username})
        </Fact>
        <Fact name="Signed in by">{kind === 'oauth' ? 'OAuth' : 'Personal access token'}</Fact>
        {health && (
          <Fact name="May">{health.scopes ? health.scopes.join(', ') : 'Not told: a fine-grained or older token'}</Fact>
        )}
        {health && kind === 'token' && (
          <Fact name="Ends">
            <SignInEnd endsAt={health.endsAt} never="Never, unless you revoke it" />
          </Fact>
        )}
        <Fact name="Requests">{figure(meter.requestsLastHour)} in the last hour</Fact>
      </dl>
      <p>{modeWords}</p>
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

function Actions({ gitlab }: { readonly gitlab: GitlabConnection }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const now = useNow()
  const connected = useConnectionStatus() === 'open'
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.connections.checkGitlab.mutationOptions(),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: queries.procedures.connections.key() }),
  })
  return (
    <>
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button
          icon="sync"
          aria-label="Check GitLab again"
          disabled={isPending || !connected}
          onClick={() => mutate({})}
        >
          {isPending ? 'Checking…' : 'Check again'}
        </Button>
        <Button aria-label="Sign out of GitLab…" disabled={!connected} onClick={() => setAsking(true)}>
          Sign out…
        </Button>
        {gitlab.health && <span className={styles.soft}>Checked {ago(gitlab.health.checkedAt, now)}</span>}
      </div>
      {asking && <GitlabSignOutDialog gitlab={gitlab} onClose={() => setAsking(false)} />}
    </>
  )
}
