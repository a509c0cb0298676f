import { expect, test } from 'vitest'
import { emptyDesk, type DeskDocument } from '#core/desk/desk-document.ts'
import { slackLinkOf } from '#core/desk/slack-link.ts'

const withUrl = (url: string): Partial<DeskDocument> => ({ resources: [{ id: 'a', title: 'Slack', url, about: '' }] })
const handbook = withUrl('https://acme-support.slack.com/canvas/F0123')

test.each<[string, Partial<DeskDocument>, string | null]>([
  ['only a name of a channel', { slackChannel: '#ext-acme' }, null],
  ['only a workspace', handbook, null],
  ['an address of a channel', { slackChannel: 'https://acme.slack.com/archives/C0123456789' }, 'acme C0123456789'],
  [
    'an address of a message in a channel',
    { slackChannel: '#x, https://acme.slack.com/archives/C0123456789/p1700000000' },
    'acme C0123456789',
  ],
  ['a name, and a resource in the workspace', { slackChannel: '#ext-acme', ...handbook }, 'acme-support ext-acme'],
  ['a name without #', { slackChannel: 'ext-acme (shared)', ...handbook }, 'acme-support ext-acme'],
  ['a name and the workspace', { slackChannel: '#ext-acme https://acme.slack.com' }, 'acme ext-acme'],
  [
    'a name, and what came with an import',
    {
      slackChannel: '#ext-acme',
      extras: [{ id: 'x', name: 'slack', text: 'team: https://acme.enterprise.slack.com/' }],
    },
    'acme.enterprise ext-acme',
  ],
  ['a name, and a service of Slack', { slackChannel: '#ext-acme', ...withUrl('https://api.slack.com/apps') }, null],
  [
    'a host that only begins so',
    { slackChannel: '#ext-acme', ...withUrl('https://acme.slack.com.evil.example/') },
    null,
  ],
  [
    'an address with a name in it',
    { slackChannel: '#ext-acme', ...withUrl('https://acme.slack.com@evil.example/') },
    null,
  ],
  ['an address with a port', { slackChannel: '#ext-acme', ...withUrl('https://acme.slack.com:8443/') }, null],
  ['plain http', { slackChannel: '#ext-acme', ...withUrl('http://acme.slack.com/') }, null],
])('%s', (_what, parts, place) => {
  const [workspace, channel] = place?.split(' ') ?? []
  expect(slackLinkOf({ ...emptyDesk, ...parts })).toBe(
    place && `https://${workspace}.slack.com/app_redirect?channel=${channel}`,
  )
})
