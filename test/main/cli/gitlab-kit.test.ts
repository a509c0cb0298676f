import { expect, onTestFinished, test } from 'vitest'
import { createAsk } from '#test/simulator/ask.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { typing } from '#test/support/typing.ts'

/** Commands typed beside a simulator in which an account has no label, no board and no template. */
async function typingAtBare() {
  const simulator = await createSimulator({ seed: 5, speed: 0, scale: 20 })
  onTestFinished(() => simulator.stop())
  const { description } = simulator
  const ask = createAsk(description)
  const account = description.workspace.accounts.find(({ name }) => name.startsWith('Brandt'))
  const label = simulator.truth().gitlab.labels.find(({ name }) => name === account?.label)
  if (!account || !label) throw new Error('The sample has Brandt & Söhne and its label')
  await ask.order(`/gitlab/labels/${label.id}/delete`)
  const type = typing()
  const posts = () => simulator.record().filter(({ target, method }) => target === 'gitlab' && method !== 'GET').length
  return {
    ...{ simulator, account, posts },
    kit: (...given: readonly string[]) =>
      type(['gitlab-kit', '--account', String(account.id), '--simulator', description.control.url, ...given]),
    json: async (...given: readonly string[]) =>
      JSON.parse(
        await type([
          'gitlab-kit',
          '--account',
          String(account.id),
          '--simulator',
          description.control.url,
          '--json',
          ...given,
        ]),
      ) as { readonly steps: readonly { readonly id: string; readonly state: string }[]; readonly changes?: unknown },
  }
}

const statesOf = ({ steps }: { readonly steps: readonly { readonly state: string }[] }) =>
  steps.map(({ state }) => state)

test('tells what a project has and lacks, and makes nothing', async () => {
  const { kit, json, posts } = await typingAtBare()
  const printed = await kit()
  expect(printed).toContain(
    'Project account-management/emea/brandt-soehne/collaboration. Everything in this project can be',
  )
  expect(printed).toMatch(/Label {10}missing {8}The project does not have the label ASE Work - Brandt & Söhne\./)
  expect(await json()).toMatchObject({
    account: 'Brandt & Söhne',
    label: { name: 'ASE Work - Brandt & Söhne', of_account: true },
    steps: [
      { id: 'label', state: 'missing', would: { customer_sees: { visible: true } } },
      { id: 'subscription', state: 'missing', would: { customer_sees: { visible: false } } },
      { id: 'board', state: 'missing' },
      { id: 'template', state: 'missing', would: { content: expect.stringContaining('/label ~') as string } },
    ],
    announcements: [{ to: 'Your contacts at Brandt & Söhne' }, { to: 'The account team of Brandt & Söhne' }],
  })
  expect(posts()).toBe(0)
}, 30_000)

test('says with --set-up what it would do, to whom and with which text, and makes it only with --yes', async () => {
  const { kit, json, posts } = await typingAtBare()
  const plan = await kit('--set-up')
  expect(plan).toMatch(/Label: Makes the label “ASE Work - Brandt & Söhne”/)
  expect(plan).toContain('Seen by the customer: Everything in this project can be seen by Brandt & Söhne.')
  expect(plan).toContain('  | /label ~"ASE Work - Brandt & Söhne"')
  expect(plan).toContain('Nothing was changed. Write --set-up --yes to do it.')
  expect(posts()).toBe(0)

  const made = await kit('--set-up', '--yes')
  expect(made.match(/^verified: /gm)).toHaveLength(4)
  expect(statesOf(await json())).toEqual(['done', 'done', 'done', 'done'])
  const before = posts()
  expect(await json('--set-up', '--yes')).toMatchObject({ changes: [] })
  expect(posts()).toBe(before)
}, 60_000)

test('asks which project where the group of an account has several', async () => {
  const { simulator } = await typingAtBare()
  const id = simulator.description.workspace.accounts.find(({ name }) => name.startsWith('Cascadia'))?.id
  const given = ['gitlab-kit', '--account', String(id), '--simulator', simulator.description.control.url]
  const type = typing()
  expect(await type(given)).toMatch(/Which project\? Write --project with one of: \d+ \(account-management/)
  await expect(type([...given, '--set-up', '--yes'])).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('Which project?') as string,
  })
}, 30_000)

test.each<[string[], string]>([
  [['gitlab-kit'], '--account is missing'],
  [['gitlab-kit', '--account', 'x'], '--account'],
  [['gitlab-kit', '--account', '1', '--yes'], '--yes goes with --set-up.'],
])('%j is a mistake that says how it is written', async (argv, words) => {
  await expect(typing()(argv)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(words) as string,
  })
})
