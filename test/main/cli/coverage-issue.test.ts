import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '#test/support/simulator.ts'
import { typing } from '#test/support/typing.ts'

const week = { startsAt: '2030-12-16T09:00', endsAt: '2030-12-20T17:00' }
const project = 'support/assigned-support-engineers'

/** Two data folders of people at the same Zendesk and GitLab. */
async function colleagues() {
  const own = await createSimulator({ seed: 5, scale: 10 })
  onTestFinished(() => own.stop())
  const { zendesk, gitlab, workspace } = own.description
  const accountId = String(workspace.accounts[0]?.id)
  const connected = async () => {
    const type = typing()
    await type(['connect', 'zendesk', '--url', zendesk.url, '--email', zendesk.email, '--token-stdin'], zendesk.token)
    await type(['connect', 'gitlab', '--url', gitlab.url, '--token-stdin'], gitlab.token)
    await type(['accounts', 'add', '--organization', accountId, '--ase', 'me'])
    await type(['call', 'settings.set', '--json', JSON.stringify({ coverageProject: project, requestsPerMinute: 200 })])
    return type
  }
  return [await connected(), await connected()] as const
}

test('a plan is shown, sent as an issue, and taken in from there', { timeout: 120_000 }, async () => {
  const [from, to] = await colleagues()
  const { id } = JSON.parse(await from(['call', 'plans.create', '--json', JSON.stringify(week)])) as { id: string }
  const shown = await from(['coverage', 'send', id])
  expect(shown).toMatch(
    /^Opens a confidential issue in support\/assigned-support-engineers, in your name: “Coverage for /,
  )
  expect(shown).toContain(`Colleagues who may see ${project}.`)
  expect(shown).toContain('  # Coverage for ')
  expect(shown.trimEnd().split('\n').at(-1)).toBe('Nothing was sent. Write --yes to send it.')
  expect(await from(['coverage', 'send', id, '--yes'])).toMatch(/Taken over as change 1\. It goes out with /)
  await from(['sync', '--once'])
  const standing = JSON.parse(await from(['call', 'plans.issue', '--json', JSON.stringify({ planId: id })])) as {
    issue: { url: string; reference: string }
  }

  expect(await to(['coverage', 'fetch', standing.issue.reference])).toMatch(
    / is away .*\nNothing was stored\. Write --yes to take it in\.\n$/,
  )
  expect(await to(['coverage', 'fetch', standing.issue.url, '--yes'])).toContain(`Taken in as plan ${id}.`)
  expect(JSON.parse(await to(['coverage', 'fetch', id, '--json']))).toEqual({
    plan_id: id,
    fresh: false,
    stored: false,
    changes: [],
    conflicts: [],
  })
  await expect(to(['coverage', 'send', id])).rejects.toThrow('There is nothing to send.')
  await expect(to(['coverage', 'fetch', 'support/nowhere#1'])).rejects.toThrow('does not show support/nowhere#1')
})

test('the order is told to scripts with what it would write', { timeout: 120_000 }, async () => {
  const [from] = await colleagues()
  const { id } = JSON.parse(await from(['call', 'plans.create', '--json', JSON.stringify(week)])) as { id: string }
  const record = async (...more: string[]) =>
    JSON.parse(await from(['coverage', 'send', id, '--json', ...more])) as object
  expect(await record()).toMatchObject({ change: null, intent: { kind: 'create-issue' }, warnings: [], along: [] })
  expect(await record('--yes')).toMatchObject({ change: 1, customer_sees: { visible: false } })
  await expect(from(['coverage', 'send', id])).rejects.toThrow('being sent already')
})
