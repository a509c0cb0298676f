import type { DeskDocument } from './desk-document.ts'

/** An address of a workspace of Slack, with the channel that it leads to where it is one of a channel or of a message in it. */
const workspaceAddress =
  /https:\/\/((?:[a-z0-9][a-z0-9-]*\.)?[a-z0-9][a-z0-9-]*)\.slack\.com(?:\/archives\/([CGD][A-Z0-9]{7,}))?(?![\w.@:-])/i

/** Names under slack.com that are no workspace. */
const services: ReadonlySet<string> = new Set(['app', 'api', 'files', 'hooks', 'status', 'www', 'edgeapi', 'my'])

/** A channel by its name or id, which may stand among other words: `#ext-acme (shared)`. */
const channelName = /(?:^|\s)#?([\p{L}\p{N}][\p{L}\p{N}_-]{0,79})(?=$|[\s,;(])/u

interface Place {
  readonly workspace: string
  readonly channel: string | null
}

/**
 * The address that opens an account's channel in Slack, or null where its workspace is not known: it is, once any address of it stands
 * on the account's desk. How Slack redirects: https://docs.slack.dev/interactivity/deep-linking
 */
export function slackLinkOf({ slackChannel, resources, extras }: DeskDocument): string | null {
  const own = placeIn(slackChannel)
  if (own?.channel) return linkTo(own.workspace, own.channel)
  const written = [slackChannel, ...resources.map(({ url }) => url), ...extras.map(({ text }) => text)]
  const { workspace } = written.map(placeIn).find((place) => place !== null) ?? { workspace: null }
  const [, channel] = channelName.exec(slackChannel.replace(/https:\S*/g, '')) ?? []
  return workspace !== null && channel !== undefined ? linkTo(workspace, channel) : null
}

function placeIn(text: string): Place | null {
  const [, workspace = '', channel = null] = workspaceAddress.exec(text) ?? []
  return workspace === '' || services.has(workspace.toLowerCase())
    ? null
    : { workspace: workspace.toLowerCase(), channel }
}

function linkTo(workspace: string, channel: string): string {
  return `https://${workspace}.slack.com/app_redirect?channel=${encodeURIComponent(channel)}`
}
