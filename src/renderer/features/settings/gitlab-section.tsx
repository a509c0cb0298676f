import { useId, useState } from 'react'
import type { ServiceClient } from '../../api/connection.ts'
import { Button } from '../../ui/button.tsx'
import { ConnectGitlab } from './connect-gitlab.tsx'
import { ConnectedGitlab } from './connected-gitlab.tsx'
import { PendingGitlabSignIn } from './pending-gitlab-sign-in.tsx'
import { Section } from './settings-fields.tsx'
import styles from './connections.module.css'

type Connections = Awaited<ReturnType<ServiceClient['connections']['get']>>

/** The GitLab beside the connected Zendesk; or how to add one. */
export function GitlabSection({ connections }: { readonly connections: Connections }) {
  const { zendesk, gitlab, gitlabSignIn } = connections
  return (
    <Section title="GitLab">
      {gitlab && <ConnectedGitlab gitlab={gitlab} />}
      {zendesk === null ? (
        <p className={styles.soft}>
          Connect your Zendesk first. A GitLab is added beside it, for the issues and epics of the accounts you follow.
        </p>
      ) : gitlabSignIn ? (
        <PendingGitlabSignIn signIn={gitlabSignIn} />
      ) : gitlab === null ? (
        <AddGitlab />
      ) : gitlab.state === 'sign-in-needed' || gitlab.warning !== null ? (
        <>
          <p>
            <strong>Connect again</strong>
          </p>
          <ConnectGitlab known={gitlab} />
        </>
      ) : null}
    </Section>
  )
}

function AddGitlab() {
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <>
      <p>
        Proactive work lives in GitLab: issues and epics with the label of an account. Once connected, Understudy reads
        those of the accounts you follow, as you and with your permissions.
      </p>
      <div>
        <Button aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
          Connect your GitLab
        </Button>
      </div>
      {open && (
        <div id={id} className={styles.adding}>
          <ConnectGitlab known={null} />
        </div>
      )}
    </>
  )
}
