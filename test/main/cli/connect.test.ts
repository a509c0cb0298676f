import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectCommand } from '#main/cli/connect.ts'
import { outcomeOf } from '#service/doors/run-command.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

/** Runs the command over a data folder that cannot be used: it ends before anybody is asked. */
async function connect(url: string) {
  const dataDir = join(temporaryFolder(), 'file')
  writeFileSync(dataDir, '')
  const said: string[] = []
  const printed: string[] = []
  const argv = ['zendesk', '--url', url, '--email', 'ines@example.com', '--token-stdin', '--data-dir', dataDir]
  const code = await outcomeOf((terminal) => connectCommand.run(argv, terminal), {
    print: async (text) => void printed.push(text),
    say: (line) => void said.push(line),
    env: {},
    readInput: async () => 'canary-token\n',
    untilStopped: async () => undefined,
  })
  return { code, said, printed }
}

test('a host name that is not one of Zendesk’s own is warned of before the token is sent there', async () => {
  const { code, said, printed } = await connect('support.acme.com')
  expect(code).not.toBe(0)
  expect(said).toHaveLength(2)
  expect(said[0]).toMatch(
    /^support\.acme\.com does not end with \.zendesk\.com\. Check that it is your company's Zendesk/,
  )
  expect([...said, ...printed].join()).not.toContain('canary')
})

test('an address of Zendesk’s own is not', async () => {
  const { said } = await connect('acme')
  expect(said).toHaveLength(1)
  expect(said.join()).not.toContain('does not end with')
})

test('an address that cannot be used is a mistake of the command line', async () => {
  const { code, said } = await connect('http://acme.zendesk.com')
  expect(code).toBe(2)
  expect(said).toEqual([expect.stringMatching(/^--url cannot be used\. .*https:\/\/acme\.zendesk\.com/)])
})

test('a GitLab’s address that cannot be used is a mistake of the command line, before the token is read', async () => {
  const said: string[] = []
  const code = await outcomeOf(
    (terminal) => connectCommand.run(['gitlab', '--url', 'http://gitlab.example.com', '--token-stdin'], terminal),
    {
      print: async () => undefined,
      say: (line) => void said.push(line),
      env: {},
      readInput: () => Promise.reject(new Error('nobody may read')),
      untilStopped: async () => undefined,
    },
  )
  expect(code).toBe(2)
  expect(said).toEqual([expect.stringMatching(/^--url cannot be used\. .*https:\/\/gitlab\.example\.com/)])
})
