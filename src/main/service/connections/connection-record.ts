import { z } from 'zod'
import { zendeskSignInKind } from '#contract/connections.ts'
import { gitlabUser } from '#contract/gitlab-connection.ts'
import { zendeskId } from '#contract/values.ts'
import type { SettingsFile } from '../ports.ts'
import { createSettings } from '../settings/settings.ts'

/** How the person's own Zendesk is reached; the secret that belongs to it lies in the vault. */
const zendeskRecordSchema = z.object({
  url: z.url(),
  kind: zendeskSignInKind,
  /** Whose API token it is; null for the other ways. */
  email: z.string().nullable(),
  /** The company's OAuth client; null for the other ways. */
  clientId: z.string().nullable(),
  user: z.object({ id: zendeskId, name: z.string(), role: z.string() }),
})
export type ZendeskRecord = z.infer<typeof zendeskRecordSchema>

/** How the GitLab of a workspace is reached; the secret that belongs to it lies in the vault. */
const gitlabRecordSchema = z.object({
  url: z.url(),
  kind: z.enum(['oauth', 'token']),
  /** The application registered there; null for a token. */
  clientId: z.string().nullable(),
  user: gitlabUser,
  /** The Zendesk of the workspace that it was added to. With another one it is not used. */
  zendeskUrl: z.url(),
})
export type GitlabRecord = z.infer<typeof gitlabRecordSchema>

/** What is connected, as kept in the settings file beside the person's settings. */
const recordsSchema = z.object({
  zendesk: zendeskRecordSchema.nullable().default(null),
  gitlab: gitlabRecordSchema.nullable().default(null),
})

/** Everything that is connected. */
export type Records = z.infer<typeof recordsSchema>

/** What is connected; survives restarts, holds no secret. */
export interface ConnectionRecords {
  /** What is connected now, read anew from the file. */
  read(): Records
  write(changes: Partial<Records>): void
}

/** Opens the records in the settings file. One that cannot be used is reported and counts as not connected. */
export function openConnectionRecords(file: SettingsFile, report: (sentence: string) => void): ConnectionRecords {
  const open = () => createSettings({ file, schema: recordsSchema, report })
  return { read: () => open().get(), write: (changes) => void open().set(changes) }
}
