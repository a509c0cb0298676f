import type { ZendeskConnection } from '#contract/connections.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { PillTone } from '../../ui/pill.tsx'

/** How a connection stands, in a word. */
export const connectionStates: Readonly<
  Record<ZendeskConnection['state'], { readonly word: string; readonly tone: PillTone; readonly icon: IconName }>
> = {
  ready: { word: 'Connected', tone: 'success', icon: 'check' },
  'sign-in-needed': { word: 'Sign in again', tone: 'danger', icon: 'key' },
  unreachable: { word: 'Cannot be reached', tone: 'warning', icon: 'offline' },
}
