import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '#test/support/simulator.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { typing } from '#test/support/typing.ts'

const week = { startsAt: '2030-12-16T09:00', endsAt: '2030-12-20T17:00' }
const project = 'support/assigned-support-engineers'

/** Two data folders of one person at a Zendesk and a GitLab, whose handoffs are begun in the first. */
async function begun() {
  const own = await createSimulator({ seed: 5, scale: 10 })
  onTestFinished(() => own.stop())
  const { zendesk, gitlab, workspace } = own.description
  const connected = async () => {
    const type = typing()
    await type(['connect', 'zendesk', '--url', zendesk.url, '--email', zendesk.email, '--token-stdin'], zendesk.token)
    await type(['connect', 'gitlab', '--url', gitlab.url, '--token-stdin'], gitlab.token)
    for (const { id } of workspace.accounts.slice(0, 2)) {
      await type(['accounts', 'add', '--organization', String(id), '--ase', 'me'])
    }
    await type(['call', 'settings.set', '--json', JSON.stringify({ coverageProject: project, requestsPerMinute: 200 })])
    return type
  }
  const [from, to] = [await connected(), await connected()]
  const call = async (name: string, input: object) =>
    JSON.parse(await from(['call', name, '--json', JSON.stringify(input)])) as { id: string; ids: string[] }
  const { id: absenceId } = await call('plans.create', week)
  const { ids } = await call('handoffs.begin', { absenceId })
  return { from, to, ids }
}

test('handoffs are listed, exported, and taken in on another machine', { timeout: 120_000 }, async () => {
  const { from, to, ids } = await begun()
  const [one = '', two = ''] = ids
  expect(await from(['handoff'])).toContain(one)
  expect(JSON.parse(await from(['handoff', 'list', '--json']))).toMatchObject(
    [one, two].toSorted().map(() => ({ phase: 'upcoming', conflicts: 0, starts_at: expect.any(String) as string })),
  )
  const file = join(temporaryFolder(), 'handoffs.jsonl')
  await writeFile(file, await from(['handoff', 'export', one, two]))
  expect(await to(['handoff', 'import', file])).toMatch(
    /^New: the handoff of .*\n(?:.*\n)*Nothing was stored\. Write --yes to take it in\.\n$/,
  )
  expect(await to(['handoff', 'import', file, '--yes'])).toContain(`Taken in: ${one}, ${two}.`)
  expect(JSON.parse(await to(['handoff', 'import', file, '--json']))).toEqual({
    ...{ ids: [one, two], fresh: 0, stored: false, changes: [], conflicts: [], unread: [] },
  })
  expect(await from(['handoff', 'export', one, '--markdown'])).toMatch(/^# Handoff of /)
  expect(await from(['handoff', 'export', one, two, '--page'])).toMatch(/^<!doctype html>/)
})

test('a handoff is shown, sent as an issue, and taken in from there', { timeout: 120_000 }, async () => {
  const { from, to, ids } = await begun()
  const [id = ''] = ids
  const shown = await from(['handoff', 'send', id])
  expect(shown).toMatch(/^Opens a confidential issue in .*, in your name: “Handoff of /)
  expect(shown.trimEnd().split('\n').at(-1)).toBe('Nothing was sent. Write --yes to send it.')
  expect(await from(['handoff', 'send', id, '--yes'])).toMatch(/Taken over as change 1\. It goes out with /)
  await from(['sync', '--once'])
  expect(await to(['handoff', 'fetch', `${project}#1`])).toContain('Nothing was stored.')
  expect(await to(['handoff', 'fetch', `${project}#1`, '--yes'])).toContain(`Taken in: ${id}.`)
  expect(JSON.parse(await to(['handoff', 'fetch', id, '--json']))).toMatchObject({ ids: [id], changes: [] })
  await expect(to(['handoff', 'send', id])).rejects.toThrow('There is nothing to send.')
})

test('mistakes name what is wrong and the fix', async () => {
  const type = typing()
  const mistakes: [string[], string][] = [
    [['export'], 'Which handoff? Write its id, as “understudy handoff” lists it: handoff export HANDOFF….'],
    [['export', 'a--1', '--page', '--markdown'], 'Choose one: --markdown or --page.'],
    [['import'], 'Which file? Write its name: handoff import FILE.'],
    [['import', '/nowhere/file'], '/nowhere/file cannot be read. Check its name.'],
    [['send'], 'Which handoff?'],
    [['fetch'], 'From where? Write the id of a handoff'],
    [['fetch', 'a', 'b'], 'There is a word too many: b.'],
    [['review'], 'There is no “handoff review”. There are: list, export, import, send, fetch.'],
  ]
  for (const [words, sentence] of mistakes) await expect(type(['handoff', ...words])).rejects.toThrow(sentence)
})
