import { expect, test } from 'vitest'
import { refusalOf } from '#test/support/connected-service.ts'
import { runningService } from '#test/support/running-service.ts'

test('projects of an account are asked from GitLab, and are those stored when nobody is asked', async () => {
  const app = await runningService()
  const { client } = app.service
  const { accounts } = await client.accounts.list({})
  const account = accounts.find(({ gitlabGroup }) => gitlabGroup !== null)
  const accountId = account?.id ?? 0
  const found = await client.issues.projects({ accountId })
  expect(found.projects.length).toBeGreaterThan(0)
  for (const { customerSees } of found.projects) {
    expect(customerSees).toEqual({ visible: true, words: expect.stringContaining(account?.name ?? '') as string })
  }
  expect(found.asOf).not.toBeNull()
  await app.stop()

  const offline = await runningService({ dataDir: app.dataDir, connect: false })
  const stored = await offline.service.client.issues.projects({ accountId })
  expect(stored).toEqual({ ...found, projects: found.projects.map((project) => ({ ...project })) })
})

test('the projects of an account that is not followed are not there', async () => {
  const { service } = await runningService()
  expect(await refusalOf(service.client.issues.projects({ accountId: 1 }))).toMatchObject({
    code: 'NOT_FOUND',
    message: 'This account is not followed here.',
  })
})

test('where a piece of work belongs is told from its words', async () => {
  const { service } = await runningService()
  const advice = await service.client.issues.placeWork({ text: 'We plan the migration to another region in spring.' })
  expect(advice.belongs).toBe('proactive')
})
