import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { syncState } from './sync.ts'
import { instantMs, zendeskId } from './values.ts'

export const hostKind = z.enum(['desktop', 'web', 'cli'])

export const appStatus = z.object({
  version: z.string(),
  host: hostKind,
  /** What this door can do by itself; the window hides or replaces the rest. */
  capabilities: z.object({ nativeNotifications: z.boolean(), tray: z.boolean() }),
  /** `sample` is made up and served by the simulator on this machine. */
  workspace: z.enum(['sample', 'real']),
  /** Path of the GitLab project in which the sample opens coverage issues where the settings name none; null otherwise. */
  sampleCoverageProject: z.string().nullable(),
  me: z.object({ id: zendeskId, name: z.string(), timeZone: z.string() }).nullable(),
  sync: syncState,
  unopenedAlerts: z.number().int(),
  /** The service's clock: its time now, and how many of its seconds pass in a real one. */
  clock: z.object({ now: instantMs, speed: z.number() }),
})
export type AppStatus = z.infer<typeof appStatus>

export const app = {
  status: oc.input(z.object({})).output(appStatus),
  /** Opens an address of a connected Zendesk or GitLab in the person's browser; any other is refused. */
  openExternal: oc
    .errors({ REFUSED: errors.REFUSED })
    .input(z.object({ url: z.string().max(4096) }))
    .output(z.object({})),
}
