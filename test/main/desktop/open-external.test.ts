import type { Shell } from 'electron'
import { expect, test } from 'vitest'
import { createOpenExternal } from '#main/desktop/open-external.ts'

function opener() {
  const opened: string[] = []
  const shell = { openExternal: async (url) => void opened.push(url) } satisfies Pick<Shell, 'openExternal'>
  return { open: createOpenExternal(shell), opened }
}

test('what is opened is the address as parsed', async () => {
  const { open, opened } = opener()
  await open('HTTPS://Acme.zendesk.com:443/a/../agent/tickets/1')
  expect(opened).toEqual(['https://acme.zendesk.com/agent/tickets/1'])
})

test.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'smb://x/y',
  'https://a@b.example/',
  'http://b.example/',
  'https:\\\\b.example',
  '',
])('%j never reaches the operating system', async (url) => {
  const { open, opened } = opener()
  await expect(open(url)).rejects.toThrow()
  expect(opened).toEqual([])
})
