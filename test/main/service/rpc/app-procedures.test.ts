import { safe } from '@orpc/client'
import { expect, onTestFinished, test } from 'vitest'
import { runningService } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'

const refusal = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  return error && 'code' in error ? { code: error.code, message: error.message } : error
}

test('an edition of the rules is chosen while the app runs, an unknown one is refused, and an account’s own value holds in each', async () => {
  const own = await createSimulator({ seed: 5, speed: 0, scale: 30 })
  onTestFinished(() => own.stop())
  const { client } = (await runningService()).service
  await client.connections.connectZendesk(own.description.zendesk)
  const organizationId = own.description.workspace.accounts[0]?.id ?? 0
  await client.accounts.add({ organizationId })
  expect((await client.settings.policies({})).policies.map(({ version }) => version)).toEqual(['2025-04', '2026-08'])
  const policy = async () => (await client.accounts.list({})).accounts[0]?.policy
  expect(await policy()).toEqual({
    reductionPerAccount: { policyValue: 0.25, own: null },
    notAssignedToAse: { policyValue: 'like-assigned', own: null },
  })
  const why = 'Two time zones'
  const changed = await client.accounts.change({
    id: organizationId,
    policyOverrides: { reductionPerAccount: { value: 0.5, why } },
  })
  expect(changed.policy.reductionPerAccount).toMatchObject({ policyValue: 0.25, own: { value: 0.5, why } })
  expect(changed.policy.reductionPerAccount.own?.byName).toBeTruthy()
  await client.settings.set({ policyVersion: '2026-08' })
  expect(await policy()).toMatchObject({
    reductionPerAccount: { own: { value: 0.5 } },
    notAssignedToAse: { policyValue: 'org-note', own: null },
  })
  expect(await refusal(client.settings.set({ policyVersion: '2031-01' }))).toEqual({
    code: 'REFUSED',
    message: 'No rules of “2031-01” come with this Understudy; choose 2025-04 or 2026-08.',
  })
  expect((await client.settings.get({})).policyVersion).toBe('2026-08')
  for (const override of [
    { value: 1.01, why },
    { value: -0.1, why },
    { value: 0.5, why: '  ' },
  ]) {
    const input = { id: organizationId, policyOverrides: { reductionPerAccount: override } }
    expect(await refusal(client.accounts.change(input))).toMatchObject({ code: 'BAD_REQUEST' })
  }
})

test('what the door carries out is asked of it first: refused, nothing is stored, and the refusal names the setting', async () => {
  const asked: unknown[] = []
  const running = await runningService({
    carryOut(changes) {
      asked.push(changes)
      return changes.openShortcut === 'Alt+T' ? { setting: 'openShortcut', words: 'Alt+T is taken.' } : null
    },
  })
  const { client } = running.service
  await client.settings.set({ openShortcut: 'Alt+U', theme: 'dark' })
  const { error } = await safe(client.settings.set({ openShortcut: 'Alt+T', theme: 'light' }))
  expect(error).toMatchObject({ code: 'REFUSED', message: 'Alt+T is taken.', data: { reason: 'openShortcut' } })
  expect(await client.settings.get({})).toMatchObject({ openShortcut: 'Alt+U', theme: 'dark' })
  expect(await client.settings.set({ openShortcut: null })).toMatchObject({ openShortcut: null })
  expect(asked).toEqual([{ openShortcut: 'Alt+U' }, { openShortcut: 'Alt+T' }, { openShortcut: null }])
})

test('a door that carries nothing out stores it for the desktop app', async () => {
  const { client } = (await runningService()).service
  expect(await client.settings.set({ openShortcut: 'Alt+U', startAtLogin: true })).toMatchObject({
    openShortcut: 'Alt+U',
    startAtLogin: true,
  })
})
