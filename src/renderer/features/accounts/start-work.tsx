import { useQuery } from '@tanstack/react-query'
import type { AccountRow } from '#contract/accounts.ts'
import type { WorkAdvice } from '#contract/issues.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { useGitlabWriting } from './use-gitlab-writing.ts'
import styles from './accounts-screen.module.css'
import issueStyles from './issues.module.css'

/** Zendesk's page of a ticket that is not written yet. */
const newTicketPath = '/agent/tickets/new/1'

/** Begins a piece of work where it belongs; nothing where there is nothing to open. */
export function StartButton(props: {
  readonly place: WorkAdvice['belongs']
  readonly account: AccountRow | undefined
  readonly onIssue: () => void
}) {
  const { place, account, onIssue } = props
  const zendeskUrl = useZendeskUrl()
  const openExternal = useOpenExternal()
  const writing = useGitlabWriting()
  if (place === 'proactive') {
    return (
      <Button look="primary" icon="plus" disabled={!writing.possible || !account} title={writing.why} onClick={onIssue}>
        New issue…
      </Button>
    )
  }
  if (place === 'interactive' || !zendeskUrl) return null
  return (
    <Button look="primary" icon="external" onClick={() => openExternal(new URL(newTicketPath, zendeskUrl).href)}>
      New ticket in Zendesk
    </Button>
  )
}

/** How a piece of work is begun where it belongs, with the text to take there. */
export function StartWords(props: {
  readonly place: WorkAdvice['belongs']
  readonly text: string
  readonly account: AccountRow | undefined
}) {
  const { place, text, account } = props
  const zendeskUrl = useZendeskUrl()
  if (place === 'proactive') return <IssueWords account={account} />
  const whom = account ? `somebody of ${account.name}` : 'somebody of the customer'
  const words =
    place === 'interactive'
      ? `Copy it into the Slack channel you share with ${account?.name ?? 'the customer'}.`
      : `${zendeskUrl ? 'In the new ticket' : 'Add a ticket in Zendesk,'} choose ${whom} as the requester, which makes it a ticket of their organization, and paste the text.`
  return (
    <div className={issueStyles.start}>
      <p className={styles.soft}>{words}</p>
      <Copyable name="the text" text={text} />
    </div>
  )
}

function IssueWords({ account }: { readonly account: AccountRow | undefined }) {
  const writing = useGitlabWriting()
  return (
    <div className={issueStyles.start}>
      <p className={styles.soft}>
        {writing.why ??
          (account
            ? `The text is filled in for a new issue of ${account.name}; you see what is sent, and who sees it, before it is.`
            : 'Choose the account first.')}
      </p>
      {account?.relation === 'covering' && (
        <p className={styles.soft}>
          Not yours while covering: proactive work stays with {account.aseName ?? 'the ASE'}.
        </p>
      )}
    </div>
  )
}

/** Address of the connected Zendesk; the sample has none that could be opened. */
function useZendeskUrl(): string | undefined {
  const { queries } = useWindow()
  const { data } = useQuery({ ...queries.connections(), select: (connections) => connections.zendesk?.url })
  return data
}
