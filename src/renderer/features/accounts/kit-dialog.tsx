import { type KeyboardEvent, type RefObject, useRef } from 'react'
import type { AccountKit, KitStep } from '#contract/account-kit.ts'
import type { AccountRow } from '#contract/accounts.ts'
import { useConnectionStatus, useNow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { ago } from '../../ui/time-words.ts'
import { newLinks } from './kit-orders.ts'
import { KitPlace } from './kit-place.tsx'
import { KitStepRow, KitWarnings } from './kit-step-row.tsx'
import { type KitState, useKit } from './use-kit.ts'
import styles from './kit-dialog.module.css'

/** Sets an account's project up: what it has and lacks, what making the rest would do, and one button that makes it. */
export function KitDialog({ account, onClose }: { readonly account: AccountRow; readonly onClose: () => void }) {
  const state = useKit(account)
  const connected = useConnectionStatus() === 'open'
  const steps = useRef<HTMLUListElement>(null)
  const { kit } = state
  const chosen = (kit?.steps ?? []).filter(
    (step) => step.preview !== null && !state.leftOut.has(step.id) && !state.entryOf(step),
  )
  const links = kit ? newLinks(account, kit, state.place) : {}
  const shared = sharedWarnings(chosen)
  const count = chosen.length
  const stores = Object.keys(links).length > 0
  const ready = connected && !state.ordering && !state.looking && (count > 0 || stores)
  const setUp = () => {
    if (!ready) return
    // The boxes go with what is ordered, and the focus must not go with them.
    steps.current?.focus()
    state.setUp(chosen)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (!event.repeat) setUp()
  }
  return (
    <DialogFrame
      title={`GitLab project of ${account.name}`}
      onClose={onClose}
      onKeyDown={handleKey}
      aside={<LookAgain state={state} connected={connected} />}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          {(count > 0 || stores) && (
            <Button look="primary" icon="send" disabled={!ready} onClick={setUp}>
              {buttonWords(state.ordering, count)}
            </Button>
          )}
        </>
      }
    >
      {shared.length === 0 && <CoveringNote account={account} />}
      <KitWarnings warnings={shared} />
      <KitPlace account={account} state={state} />
      <Looked state={state} links={links} chosen={chosen} saidAbove={shared} list={steps} />
    </DialogFrame>
  )
}

/** While an account is covered its project is not the reader's. */
function CoveringNote({ account }: { readonly account: AccountRow }) {
  if (account.relation !== 'covering') return null
  return (
    <p className={styles.note}>
      <Icon name="info" size={14} />
      Not yours while covering: proactive work stays with {account.aseName ?? 'the ASE'}.
    </p>
  )
}

/** What was found out: the label, each part, how the whole stands, and the messages. */
function Looked(props: {
  readonly state: KitState
  readonly links: ReturnType<typeof newLinks>
  readonly chosen: readonly KitStep[]
  readonly saidAbove: readonly string[]
  readonly list: RefObject<HTMLUListElement | null>
}) {
  const { state, links, chosen, saidAbove, list } = props
  const { kit, error } = state
  if (error) {
    return <ErrorNotice what="The project could not be looked at" error={error} onRetry={state.lookAgain} />
  }
  if (!kit) return <Loading what="Asking GitLab…" />
  return (
    <>
      {kit.project && <LabelLine kit={kit} links={links} />}
      <ul
        ref={list}
        tabIndex={-1}
        className={styles.steps}
        aria-label="What the project needs"
        aria-busy={state.looking}
      >
        {kit.steps.map((step) => (
          <KitStepRow
            key={step.id}
            step={step}
            entry={state.entryOf(step)}
            chosen={chosen.includes(step)}
            saidAbove={saidAbove}
            disabled={state.ordering}
            onToggle={() => state.toggle(step.id)}
          />
        ))}
      </ul>
      <Problem error={state.orderError} />
      <p role="status" className={styles.soft}>
        {standing(kit, state)}
      </p>
      <Announcements kit={kit} />
    </>
  )
}

/** What is to be thought of with every part that is chosen, said once for all of them. */
function sharedWarnings(chosen: readonly KitStep[]): readonly string[] {
  const [first, ...others] = chosen.map(({ preview }) => preview?.warnings ?? [])
  return first?.filter((warning) => others.every((warnings) => warnings.includes(warning))) ?? []
}

function buttonWords(ordering: boolean, count: number): string {
  if (ordering) return 'Ordering…'
  if (count === 0) return 'Store with the account'
  return count === 1 ? 'Set up 1 thing' : `Set up ${count} things`
}

function LookAgain({ state, connected }: { readonly state: KitState; readonly connected: boolean }) {
  const now = useNow()
  const { kit, looking } = state
  return (
    <>
      <Button icon="sync" disabled={!connected || looking} onClick={state.lookAgain}>
        {looking ? 'Asking GitLab…' : 'Look again'}
      </Button>
      {kit && <span className={styles.soft}>Looked {ago(kit.asOf, now)}</span>}
    </>
  )
}

/** Which label is used and why, and what is stored with the account. */
function LabelLine({ kit, links }: { readonly kit: AccountKit; readonly links: ReturnType<typeof newLinks> }) {
  const stored = [
    ...(links.label === undefined ? [] : [`the label ${links.label}`]),
    ...(links.gitlabGroup === undefined ? [] : [`the place ${links.gitlabGroup}`]),
  ]
  return (
    <div>
      <p>
        Label: <strong className={styles.name}>{kit.label.name}</strong>
      </p>
      <p className={styles.soft}>{kit.label.words}</p>
      {stored.length > 0 && <p className={styles.soft}>Stored with the account: {stored.join(' and ')}.</p>}
    </div>
  )
}

/** How the whole stands, in a sentence. */
function standing({ project, projects, steps }: AccountKit, state: KitState): string {
  if (!project) {
    return projects.length > 1 ? 'Choose the project that the customer shares with you.' : ''
  }
  const entries = steps.map((step) => state.entryOf(step))
  const failed = entries.filter((entry) => entry?.state === 'failed' || entry?.state === 'conflict').length
  if (failed > 0) return 'Something was not made. The card above says why, and what can be done.'
  if (entries.some((entry) => entry && entry.state !== 'verified'))
    return 'Being made. What is ordered goes on when you close this.'
  if (steps.every(isDone)) return 'The project has everything. Announce it, if you have not.'
  return steps.some(({ preview }) => preview !== null) ? '' : 'There is nothing more to set up from here.'
}

function isDone({ state }: KitStep): boolean {
  return state === 'done'
}

/** Messages to send by oneself. */
function Announcements({ kit }: { readonly kit: AccountKit }) {
  if (kit.announcements.length === 0) return null
  return (
    <section aria-label="Announcements" className={styles.announcements}>
      <h3>Announce it</h3>
      <p className={styles.soft}>Send these yourself, by mail or Slack. Understudy sends no message to anybody.</p>
      {kit.announcements.map(({ to, subject, text }) => (
        <div key={to}>
          <p className={styles.to}>{to}</p>
          <Copyable
            name={`the message to ${to.charAt(0).toLowerCase()}${to.slice(1)}`}
            text={`${subject}\n\n${text}`}
          />
        </div>
      ))}
    </section>
  )
}
