import { type ReactNode, useId } from 'react'
import type { ZendeskConnection, ZendeskSignInKind } from '#contract/connections.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { OauthForm, SessionForm } from './browser-sign-in-forms.tsx'
import { TokenForm } from './token-form.tsx'
import styles from './connections.module.css'

const ways: Readonly<Record<ZendeskSignInKind, { readonly title: string; readonly when: string }>> = {
  oauth: {
    title: 'Sign in with OAuth',
    when: 'The best way, once a Zendesk admin of your company has registered Understudy. It renews itself.',
  },
  'api-token': {
    title: 'API token you already have',
    when: 'When you have one from before. Nobody can make a new one, and all of them end soon.',
  },
  session: {
    title: 'Your company’s own sign-in page',
    when: 'When nobody registers Understudy for you. You sign in as in the browser, and again when that ends.',
  },
}

/** The three ways to connect a Zendesk, with when to choose each. `known` is the connection that has to be signed in again. */
export function ConnectZendesk(props: { readonly known: ZendeskConnection | null; readonly canUseSession: boolean }) {
  const { known, canUseSession } = props
  const [url, setUrl] = useDraft('connect.url', known?.url)
  const [chosen, choose] = useDraft('connect.way', known?.kind ?? 'oauth')
  const way = isWay(chosen) && (chosen !== 'session' || canUseSession) ? chosen : 'oauth'
  const address = { url, onUrl: setUrl }
  const forms: Readonly<Record<ZendeskSignInKind, ReactNode>> = {
    oauth: <OauthForm {...address} />,
    'api-token': <TokenForm {...address} knownEmail={known?.email ?? ''} />,
    session: <SessionForm {...address} />,
  }
  return (
    <>
      <WayChoice way={way} canUseSession={canUseSession} onChoose={choose} />
      {forms[way]}
    </>
  )
}

function WayChoice(props: {
  readonly way: ZendeskSignInKind
  readonly canUseSession: boolean
  readonly onChoose: (way: ZendeskSignInKind) => void
}) {
  const id = useId()
  const kinds = Object.keys(ways).filter(isWay)
  return (
    <div role="radiogroup" aria-label="How to sign in" className={styles.ways}>
      {kinds.map((kind) => {
        const barred = kind === 'session' && !props.canUseSession
        return (
          <label key={kind} className={styles.way}>
            <input
              type="radio"
              name={id}
              checked={kind === props.way}
              disabled={barred}
              aria-describedby={`${id}-${kind}`}
              onChange={() => props.onChoose(kind)}
            />
            <strong>{ways[kind].title}</strong>
            <span id={`${id}-${kind}`} className={styles.when}>
              {ways[kind].when}
              {barred && ' Only in the desktop app, which can open that page in a window of its own.'}
            </span>
          </label>
        )
      })}
    </div>
  )
}

function isWay(text: string): text is ZendeskSignInKind {
  return Object.hasOwn(ways, text)
}
