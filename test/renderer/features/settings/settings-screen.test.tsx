import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

test('each change is kept at once, and only what was changed', async () => {
  const { standIn } = await openWindow({}, '/settings')
  await userEvent.click(await screen.findByRole('radio', { name: 'Dark' }))
  await expect.poll(() => standIn.state.settings.theme).toBe('dark')
  await userEvent.fill(screen.getByRole('textbox', { name: 'Usual load' }), '9.5')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => standIn.state.settings.baselinePerWeek).toBe(9.5)
  expect(await screen.findByText('Saved.')).toBeTruthy()
  expect(standIn.state.settings.syncEverySeconds).toBe(60)
})

test('an emptied usual load goes back to being measured', async () => {
  const { standIn } = await openWindow({}, '/settings')
  standIn.state.settings = { ...standIn.state.settings, baselinePerWeek: 9 }
  standIn.publish('settings')
  await expect.poll(() => screen.getByRole<HTMLInputElement>('textbox', { name: 'Usual load' }).value).toBe('9')
  await userEvent.clear(screen.getByRole('textbox', { name: 'Usual load' }))
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => standIn.state.settings.baselinePerWeek).toBeNull()
})

test('a number that cannot be is not sent, and says what can', async () => {
  const { standIn } = await openWindow({}, '/settings')
  await userEvent.fill(await screen.findByRole('textbox', { name: 'Sync every' }), '3')
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText('Enter a number from 15 to 3600.')).toBeTruthy()
  expect(standIn.calls.some((call) => call.path === 'settings.set')).toBe(false)
})

test('the pace is a whole number of requests a minute within its bounds', async () => {
  const { standIn } = await openWindow({}, '/settings')
  const field = await screen.findByRole('textbox', { name: 'Pace' })
  expect(await screen.findByText(/people and other tools have the rest/)).toBeTruthy()
  await userEvent.fill(field, '4')
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText('Enter a number from 5 to 200.')).toBeTruthy()
  await userEvent.fill(field, '12.5')
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText('Enter a whole number.')).toBeTruthy()
  expect(standIn.calls.some((call) => call.path === 'settings.set')).toBe(false)
  await userEvent.fill(field, '40')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => standIn.state.settings.requestsPerMinute).toBe(40)
})

test('what marks an emergency is a tag or a priority, typed or as the stored tickets suggest', async () => {
  const { standIn } = await openWindow({}, '/settings')
  const mark = () => standIn.state.settings.emergencyMark
  await userEvent.fill(await screen.findByRole('textbox', { name: 'Tag of emergencies' }), 'Page-CEOC')
  await userEvent.keyboard('{Enter}')
  await expect.poll(mark).toEqual({ by: 'tag', value: 'page-ceoc' })
  await userEvent.fill(screen.getByRole('textbox', { name: 'Tag of emergencies' }), 'two words')
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText('Not saved: it is one word.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'priority urgent (3)' }))
  await expect.poll(mark).toEqual({ by: 'priority', value: 'urgent' })
  expect(await screen.findByRole('textbox', { name: 'Priority of emergencies' })).toHaveProperty('value', 'urgent')
})

test('emergencies that come by a form are known by it, also where only its number may be read', async () => {
  const { standIn } = await openWindow({}, '/settings')
  const mark = () => standIn.state.settings.emergencyMark
  await userEvent.click(await screen.findByRole('radio', { name: 'Their form' }))
  const forms = await screen.findByRole('combobox', { name: 'Form of emergencies' })
  expect(mark()).toEqual({ by: 'tag', value: 'emergency' })
  await userEvent.selectOptions(forms, 'Form 360000803419 (2)')
  await expect.poll(mark).toEqual({ by: 'form', value: '360000803419', name: null })
  await userEvent.selectOptions(forms, 'Support (32)')
  await expect.poll(mark).toEqual({ by: 'form', value: '360000803379', name: 'Support' })
  await userEvent.click(screen.getByRole('radio', { name: 'A tag' }))
  await expect.poll(mark).toEqual({ by: 'tag', value: 'emergency' })
})

test('shows how every scope is synced', async () => {
  await openWindow({}, '/settings')
  const row = (await screen.findAllByRole('row'))[2]
  expect(row?.textContent).toBe(
    'Tickets of Fabrikam HealthZendeskStale: read 14 min agoZendesk answered 502 twice; the next pass tries again.',
  )
})

test('an edition of the handbook is chosen knowing what it says otherwise', async () => {
  const { standIn } = await openWindow({}, '/settings')
  const april = await screen.findByRole<HTMLInputElement>('radio', { name: 'Handbook of April 2025' })
  const august = screen.getByRole<HTMLInputElement>('radio', { name: 'Handbook of August 2026' })
  expect([april.checked, august.checked]).toEqual([true, false])
  expect(await screen.findByText('Handbook of August 2026 says otherwise than Handbook of April 2025:')).toBeTruthy()
  expect(await screen.findByText('Coverage pods in AMER.')).toBeTruthy()
  await userEvent.click(august)
  await expect.poll(() => standIn.state.settings.policyVersion).toBe('2026-08')
  await expect.poll(() => august.checked).toBe(true)
})

test('who is in the coverage pod is asked where the rules have pods, and somebody of another workspace stays in it', async () => {
  const { standIn } = await openWindow({}, '/settings')
  const august = await screen.findByRole('radio', { name: 'Handbook of August 2026' })
  expect(screen.queryByRole('group', { name: 'Coverage pod' })).toBeNull()
  standIn.state.settings = { ...standIn.state.settings, podMemberIds: [987_654] }
  await userEvent.click(august)
  const pod = await screen.findByRole('group', { name: 'Coverage pod' })
  expect(pod.textContent).toContain('all ASEs in AMER count')
  const boxes = () => within(pod).getAllByRole<HTMLInputElement>('checkbox')
  await expect.poll(() => within(pod).queryAllByRole('checkbox').length).toBeGreaterThan(1)
  expect(boxes().map(({ checked }) => checked)).not.toContain(true)
  for (const nth of [0, 1]) {
    const box = boxes()[nth]
    if (!box) throw new Error('nobody is known')
    await userEvent.click(box)
    await expect.poll(() => box.checked).toBe(true)
  }
  const [outsider, first = 0, second] = standIn.state.settings.podMemberIds
  expect([outsider, new Set([first, second]).size]).toEqual([987_654, 2])
  const [box] = boxes()
  if (box) await userEvent.click(box)
  await expect.poll(() => standIn.state.settings.podMemberIds).toEqual([987_654, second])
})

test('where no project for coverage issues is named, the sample says which one it takes', async () => {
  const { standIn } = await openWindow({}, '/settings')
  expect(await screen.findByText(/Empty: plans are handed over as text or as a file only\.$/)).toBeTruthy()
  standIn.state.status = { ...standIn.state.status, sampleCoverageProject: 'support/own' }
  standIn.publish('sync')
  expect(await screen.findByText(/Empty: the sample’s own, support\/own\.$/)).toBeTruthy()
})

test('the project for coverage issues is kept once GitLab was asked, by its path', async () => {
  const { standIn } = await openWindow({}, '/settings')
  const field = await screen.findByRole('textbox', { name: 'Project for coverage issues' })
  await userEvent.fill(field, 'https://gitlab.example.com/support/coverage')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => standIn.state.settings.coverageProject).toBe('support/coverage')
  expect(
    await screen.findByText('Who sees what is written there: colleagues who may see support/coverage.'),
  ).toBeTruthy()
  await userEvent.clear(field)
  await userEvent.tab()
  await expect.poll(() => standIn.state.settings.coverageProject).toBeNull()
})

test.each([
  ['collab/northwind', /^Not saved: Everything in this project can be seen by Northwind Logistics\./],
  ['support/none', /^Not saved: GitLab does not show support\/none/],
])('%s is not kept as that project, and says why', async (path, words) => {
  const { standIn } = await openWindow({}, '/settings')
  const field = await screen.findByRole('textbox', { name: 'Project for coverage issues' })
  await userEvent.fill(field, path)
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText(words)).toBeTruthy()
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(standIn.calls.some((call) => call.path === 'settings.set')).toBe(false)
  expect((field as HTMLInputElement).value).toBe(path)
})
