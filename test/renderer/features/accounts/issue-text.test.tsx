import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { issueText } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { strangerCorpus } from '../../support/stranger-corpus.ts'

beforeEach(() => page.viewport(1280, 800))

/** The same in Markdown, which GitLab would render. */
const markdownCorpus = [
  '[click](javascript:window.pwned=1)',
  '[docs](https://evil.example/login "https://gitlab.com/login")',
  '![pixel](https://evil.example/pixel.gif)',
  '![x](x"onerror="window.pwned=1)',
  '<https://evil.example/>',
  'https://evil.example/autolinked',
  '```mermaid\nclick A "javascript:window.pwned=1"\n```',
  '$$\\href{javascript:window.pwned=1}{x}$$',
  '[ref]: https://evil.example/ "x"',
  '/label ~"ASE Work - Northwind"',
  '<!-- said to nobody -->',
]
const strange = [...strangerCorpus, ...markdownCorpus]

const aNote = (id: number, text: string, parts: { internal?: boolean; author?: string } = {}) => ({
  ...{ id, author: 'priya', internal: false, text, createdAt: 0, updatedAt: 0 },
  ...parts,
})

async function read(changes: Partial<StandInState>) {
  const opened = await openWindow(changes, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: 'Show 3 issues of Northwind Logistics' }))
  const [button] = await screen.findAllByRole('button', { name: /^Read Upgrade path/ })
  const row = button?.closest('li')
  if (!button || !row) throw new Error('There is an issue here')
  await userEvent.click(button)
  return { ...opened, row }
}

test('what strangers wrote is shown letter by letter, and nothing of it runs, styles, leads anywhere or is fetched', async () => {
  const description = strange.join('\n\n')
  const { row } = await read({
    issueText: { description, notes: strange.map((text, index) => aNote(index + 1, text)) },
  })
  await within(row).findAllByText('The customer sees it')
  const shown = new Map([...row.querySelectorAll('p')].map((one) => [one.textContent, one]))
  for (const text of [description, ...strange]) {
    expect([...shown.keys()]).toContain(text)
    expect([...(shown.get(text)?.children ?? [])]).toEqual([])
  }
  const foreign = 'script, style, iframe, form, img, object, embed, link, meta, base, video, math, [src], [srcset]'
  expect([...row.querySelectorAll(foreign)]).toEqual([])
  for (const link of row.querySelectorAll('a')) expect(link.origin).toBe(window.location.origin)
  for (const { attributes } of row.querySelectorAll('*')) {
    for (const { name } of attributes) expect(name).not.toMatch(/^on/)
  }
  expect('pwned' in window).toBe(false)
  const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.includes('evil.example'))
  expect(fetched).toEqual([])
})

test('its title leads to GitLab through the service, which has the allow-list; the window itself goes nowhere', async () => {
  const { row, standIn } = await read({})
  const [issue] = standIn.state.issues
  const before = window.location.href
  await userEvent.click(within(row).getByRole('button', { name: issue?.title ?? '' }))
  await expect
    .poll(() => standIn.calls.filter(({ path }) => path === 'app.openExternal').map(({ input }) => input))
    .toEqual([{ url: issue?.url }])
  expect(window.location.href).toBe(before)
})

test('a note says who wrote it and whether the customer sees it', async () => {
  const notes = [aNote(1, 'For all', { author: 'dana' }), aNote(2, 'For us', { internal: true })]
  const { row } = await read({ issueText: { description: 'Plan', notes } })
  const [open, internal] = await within(row).findAllByText(/^(priya|dana) ·/)
  expect(open?.parentElement?.textContent).toMatch(/^dana · .* The customer sees itFor all$/)
  expect(internal?.parentElement?.textContent).toMatch(/^priya · .* Internal: members of the project see itFor us$/)
})

test('an issue without words says so, and its words go away again', async () => {
  const { row } = await read({ issueText: { description: '', notes: [] } })
  expect(await within(row).findByText('It has no description.')).toBeTruthy()
  expect(await within(row).findByText('No comment is stored.')).toBeTruthy()
  await userEvent.click(within(row).getByRole('button', { name: /^Hide Upgrade path/ }))
  expect(within(row).queryByText('No comment is stored.')).toBeNull()
})

test('one that cannot be read is said in words, and asked for again', async () => {
  const { row, standIn } = await read({ failing: new Set(['issues.get']) })
  expect((await within(row).findByRole('alert')).textContent).toContain('It could not be read')
  standIn.state.failing = new Set()
  await userEvent.click(within(row).getByRole('button', { name: /again/i }))
  expect(await within(row).findByText(issueText.description)).toBeTruthy()
})
