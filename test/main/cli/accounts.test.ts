import { expect, test } from 'vitest'
import { typing, typingConnected } from '#test/support/typing.ts'

test('an account gets a rule of its own with a reason, and the handbook’s back', async () => {
  const { type, accountId } = await typingConnected()
  await type(['accounts', 'add', '--organization', accountId])
  const change = async (...given: readonly string[]) =>
    JSON.parse(await type(['accounts', 'change', '--organization', accountId, ...given, '--json'])) as object
  expect(await change('--reduction', '37.5%', '--not-assigned', 'org-note', '--why', 'Two time zones')).toMatchObject({
    policy: {
      reduction_per_account: { value: 0.375, own: { why: 'Two time zones', by: expect.any(String) as string } },
      not_assigned_to_ase: { value: 'org-note', own: { why: 'Two time zones' } },
    },
  })
  expect(await change('--reduction', 'rules')).toMatchObject({
    policy: { reduction_per_account: { value: 0.25, own: null }, not_assigned_to_ase: { value: 'org-note' } },
  })
}, 30_000)

test.each<[string[], string]>([
  [
    ['accounts', 'change', '--organization', '1', '--reduction', '30'],
    'Say why this account has another rule: --why TEXT.',
  ],
  [
    ['accounts', 'change', '--organization', '1', '--reduction', '130', '--why', 'x'],
    'a percentage from 0 to 100 or “rules”',
  ],
  [['accounts', 'change', '--organization', '1', '--why', 'x'], '--why goes with --reduction or --not-assigned.'],
  [['accounts', 'add', '--organization', '1', '--reduction', '30', '--why', 'x'], 'go with “accounts change”'],
])('%j is a mistake that says how it is written', async (argv, words) => {
  await expect(typing()(argv)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(words) as string,
  })
})
