import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '#test/support/simulator.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const week = 7 * 86_400_000

async function start() {
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  return { simulator, ask: createAsk(simulator.description) }
}

test('what is written does not change what comes to other issues by itself', async () => {
  const written = await start()
  const untouched = await start()
  const [first, ...others] = written.simulator.truth().issues
  for (const title of ['One', 'Two', 'Three']) {
    await written.ask.change('POST', `/projects/${first?.projectId}/issues`, { title })
  }
  const path = `/projects/${first?.projectId}/issues/${first?.iid}`
  await written.ask.change('PUT', path, {
    state_event: first?.state === 'closed' ? 'reopen' : 'close',
    description: '',
  })
  written.simulator.advanceBy(week)
  untouched.simulator.advanceBy(week)
  const ids = new Set(others.map(({ id }) => id))
  const left = ({ simulator }: typeof written) => simulator.truth().issues.filter(({ id }) => ids.has(id))
  expect(left(written)).toEqual(left(untouched))
  expect(left(untouched)).not.toEqual(others)
})

test('what is written lasts while time goes on, and tasks are ticked where there still are some', async () => {
  const { simulator, ask } = await start()
  const open = simulator.truth().issues.filter(({ tasks, tasksDone }) => tasks > tasksDone)
  for (const { projectId, iid } of open) {
    await ask.change('PUT', `/projects/${projectId}/issues/${iid}`, { title: `Mine ${iid}`, description: 'No tasks' })
  }
  simulator.advanceBy(week)
  const after = simulator.truth().issues.filter(({ id }) => open.some((one) => one.id === id))
  expect(after.map(({ title, description }) => [title, description])).toEqual(
    open.map(({ iid }) => [`Mine ${iid}`, 'No tasks']),
  )
})
