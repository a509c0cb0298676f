import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen } from '@testing-library/react'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

async function openSettings() {
  const { standIn } = await openWindow({}, '/settings')
  const field = async (name: string) => screen.findByRole<HTMLInputElement>('textbox', { name })
  const saved = () => standIn.calls.filter(({ path }) => path === 'settings.set').map(({ input }) => input)
  const type = async (name: string, text: string) => {
    await userEvent.fill(await field(name), text)
    await userEvent.keyboard('{Enter}')
  }
  return { field, saved, type }
}

test('the project of organization notes is kept after GitLab was asked for it', async () => {
  const { saved, type } = await openSettings()
  await type('Project for organization notes', 'support/organizations')
  await expect.poll(saved).toEqual([{ organizationsProject: 'support/organizations' }])
})

test('one that GitLab does not show, or that customers see, is not kept, and the field says why', async () => {
  const { saved, type } = await openSettings()
  await type('Project for organization notes', 'support/none')
  await expect.poll(() => screen.queryByText('Not saved: GitLab does not show it.')).toBeTruthy()
  await type('Project for organization notes', 'collab/northwind')
  await expect.poll(() => screen.queryByText(/^Not saved: Customers see it\./)).toBeTruthy()
  expect(saved()).toEqual([])
})

test('the manager is whoever has the user name, and several are told apart', async () => {
  const { field, saved, type } = await openSettings()
  await type('Manager in GitLab', 'Lind')
  await expect.poll(() => screen.queryByText(/Renate Lindqvist \(rlindqvist\), Rita Lind \(rlind\)/)).toBeTruthy()
  expect(saved()).toEqual([])
  await type('Manager in GitLab', '@rlind')
  await expect.poll(saved).toEqual([{ gitlabManager: { id: 10, username: 'rlind', name: 'Rita Lind' } }])
  await expect.poll(async () => (await field('Manager in GitLab')).value).toBe('rlind')
})
