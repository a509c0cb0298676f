import { expect, test } from 'vitest'
import { launchSimulator } from '#simulator/launch.ts'
import { createAsk } from './ask.ts'

test('it runs in a thread of its own and ends when told', async () => {
  const { description, stop } = await launchSimulator({ seed: 3, speed: 0 })
  const ask = createAsk(description)
  const me = await ask.zendesk('/users/me.json')
  expect(me.body.user.id).toBe(description.workspace.meId)
  const before = (await ask.look('/truth')).body.now
  const stepped = await ask.order('/advance', { ms: 5000 })
  expect(stepped.body.now).toBe(before + 5000)
  await stop()
  await expect(ask.zendesk('/users/me.json')).rejects.toThrow('fetch failed')
})

test('an option that cannot be used is refused before a thread is started', async () => {
  await expect(launchSimulator({ speed: -1 })).rejects.toThrow('speed')
})

test('a thread that cannot start rejects', async () => {
  const workerUrl = new URL('./no-such-worker.ts', import.meta.url)
  await expect(launchSimulator({ workerUrl })).rejects.toThrow('no-such-worker')
})
