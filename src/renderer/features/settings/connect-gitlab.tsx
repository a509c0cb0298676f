import type { ReactNode } from 'react'
import type { GitlabConnection } from '#contract/gitlab-connection.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { GitlabApplicationForm, GitlabTokenForm } from './gitlab-forms.tsx'
import { type Way, WayChoice } from './way-choice.tsx'

type WayKind = 'oauth' | 'device' | 'token'

const ways: Readonly<Record<WayKind, Way>> = {
  oauth: {
    title: 'Sign in with OAuth',
    when: 'The best way, once an application is registered in GitLab. It renews itself.',
  },
  device: {
    title: 'A code you type',
    when: 'OAuth as well, for when the browser is on another computer or cannot come back to this one.',
  },
  token: {
    title: 'Personal access token',
    when: 'When you have one, or may make one. It ends on a day, and you make another.',
  },
}

/** The three ways to connect a GitLab, with when to choose each. `known` is the connection that has to be signed in again. */
export function ConnectGitlab({ known }: { readonly known: GitlabConnection | null }) {
  const [url, setUrl] = useDraft('connect.gitlab-url', known?.url ?? 'gitlab.com')
  const [chosen, choose] = useDraft('connect.gitlab-way', known?.kind ?? 'oauth')
  const way: WayKind = isWay(chosen) ? chosen : 'oauth'
  const address = { url, onUrl: setUrl }
  const forms: Readonly<Record<WayKind, ReactNode>> = {
    oauth: <GitlabApplicationForm key="oauth" kind="oauth" {...address} />,
    device: <GitlabApplicationForm key="device" kind="device" {...address} />,
    token: <GitlabTokenForm {...address} />,
  }
  return (
    <>
      <WayChoice name="How to sign in to GitLab" ways={ways} way={way} onChoose={choose} />
      {forms[way]}
    </>
  )
}

function isWay(text: string): text is WayKind {
  return Object.hasOwn(ways, text)
}
