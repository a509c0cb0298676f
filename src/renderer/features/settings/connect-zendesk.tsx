import type { ReactNode } from 'react'
import type { ZendeskConnection, ZendeskSignInKind } from '#contract/connections.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { OauthForm, SessionForm } from './browser-sign-in-forms.tsx'
import { TokenForm } from './token-form.tsx'
import { type Way, WayChoice } from './way-choice.tsx'

const ways: Readonly<Record<ZendeskSignInKind, Way>> = {
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

const onlyInDesktop = 'Only in the desktop app, which can open that page in a window of its own.'

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
      <WayChoice
        name="How to sign in"
        ways={canUseSession ? ways : { ...ways, session: { ...ways.session, barred: onlyInDesktop } }}
        way={way}
        onChoose={choose}
      />
      {forms[way]}
    </>
  )
}

function isWay(text: string): text is ZendeskSignInKind {
  return Object.hasOwn(ways, text)
}
