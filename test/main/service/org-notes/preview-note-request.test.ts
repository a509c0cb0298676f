import { describe, expect, onTestFinished, test } from 'vitest'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { createClock } from '#service/clock.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { previewNoteRequest, type NoteRequestDesk } from '#service/org-notes/preview-note-request.ts'
import { createService } from '#service/service.ts'
import { composeOrgNote, lintText } from '#service/org-notes/show-org-note.ts'
import { createAsk } from '#test/simulator/ask.ts'
import { refusalOf } from '#test/support/connected-service.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { aWorkspace, wednesday } from '#test/support/work-values.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { noNotifications } from '#test/support/no-notifications.ts'

const projectId = 57_400_002
const managerId = 41_010

/** The sample with its own GitLab, in which the files of organizations lie. */
async function noteSetting() {
  const simulator = await createSimulator({ seed: 5, speed: 0, scale: 20, recordBodies: true })
  const { description } = simulator
  let stored: Record<string, unknown> = {}
  const service = createService(
    {
      ...{ host: 'cli', version: '0.0.0', tray: false, vault: createMemoryVault(), log: createSilentLog() },
      settings: { read: () => stored, write: (values) => void (stored = values) },
      notifier: noNotifications,
      openExternal: async () => undefined,
      report: () => undefined,
      openTicket: () => undefined,
    },
    {
      source: { kind: 'sample', simulator: simulatorDescriptionSchema.parse(description) },
      // An hour passes here in a second, so that nobody waits for what is tried again after a while.
      clock: createClock({ ...description.clock, speed: 3600 }),
      folder: temporaryFolder(),
      close: () => simulator.stop(),
    },
    null,
  )
  onTestFinished(() => service.stop())
  const { client } = service
  const ask = createAsk(description)
  const idOf = (name: string): number => {
    const found = description.workspace.accounts.find((account) => account.name.startsWith(name))
    if (!found) throw new Error(`There is no account ${name}`)
    return found.id
  }
  const fileAt = async (path: string, ref = 'master') => {
    const { body } = await ask.gitlab(`/projects/${projectId}/repository/files/${encodeURIComponent(path)}?ref=${ref}`)
    return Buffer.from((body as { content: string }).content, 'base64').toString('utf8')
  }
  return {
    ...{ simulator, service, client, ask, idOf, fileAt },
    requests: async () =>
      (await ask.gitlab(`/projects/${projectId}/merge_requests?state=opened`)).body as readonly {
        title: string
        source_branch: string
        assignees: readonly { id: number }[]
      }[],
    /** Writes a file of the project, as somebody else does. */
    put: (path: string, content: string) => ask.order(`/gitlab/projects/${projectId}/files`, { path, content }),
    asked: (from: number) =>
      simulator
        .record()
        .slice(from)
        .map(({ path }) => path)
        .filter((path) => path.includes(String(projectId))),
  }
}

test('an account’s note is shown with what it leaves open', async () => {
  const { client, idOf } = await noteSetting()
  const brandt = await client.orgNotes.get({ accountId: idOf('Brandt') })
  expect(brandt.lint).toMatchObject({ answered: 4, of: 6, warnings: [] })
  expect(brandt.lint?.questions.flatMap(({ id, answers }) => (answers.length === 0 ? [id] : []))).toEqual([
    'outside-hours',
    'pre-ase',
  ])
  expect(brandt).toMatchObject({ removal: null, draft: null, restricted: false })
  const cascadia = await client.orgNotes.get({ accountId: idOf('Cascadia') })
  expect(cascadia.lint).toMatchObject({ answered: 6, of: 6, warnings: [] })
  expect(cascadia.covers[0]).toMatchObject({ name: 'Jonas Feldkamp' })
})

test('a note from the account’s facts answers everything, and a draft is kept until it is in Zendesk', async () => {
  const { client, idOf } = await noteSetting()
  const accountId = idOf('Brandt')
  const { text, lint, missing } = await client.orgNotes.compose({ accountId })
  expect(lint).toMatchObject({ answered: 6, of: 6, warnings: [] })
  expect(missing).toEqual([])
  await client.orgNotes.saveDraft({ accountId, text })
  expect((await client.orgNotes.get({ accountId })).draft).toMatchObject({ text })
  const { note } = await client.orgNotes.get({ accountId })
  await client.orgNotes.saveDraft({ accountId, text: `${note}\n` })
  expect((await client.orgNotes.get({ accountId })).draft).toBeNull()
  expect(await client.orgNotes.saveDraft({ accountId, text: ' ' })).toEqual({ savedAt: null })
})

describe('asking for a note by merge request', () => {
  test('changes the note alone, and is assigned to the manager', async () => {
    const { client, service, idOf, fileAt, requests } = await noteSetting()
    const accountId = idOf('Brandt')
    const before = await fileAt('organizations/brandt.yaml')
    const { text } = await client.orgNotes.compose({ accountId })
    const asked = await client.orgNotes.previewMergeRequest({ accountId, text })
    expect(asked).toMatchObject({ path: 'organizations/brandt.yaml', exists: true, after: text })
    expect(asked.before).toContain('**ASE:** Jonas Feldkamp')
    expect(asked.preview).toMatchObject({ refusal: null, warnings: [], customerSees: { visible: false } })
    expect(asked.preview.words).toContain('Renate Lindqvist')
    expect(await requests()).toEqual([])
    const { intent, stamp } = asked.preview
    await client.outbox.send({ orders: [{ intent, stamp }] })
    await service.flush()
    const [request] = await requests()
    expect(request).toMatchObject({ title: 'Org note of Brandt & Söhne', assignees: [{ id: managerId }] })
    const after = await fileAt('organizations/brandt.yaml', request?.source_branch)
    const [head] = before.split('notes: |\n')
    const block = text
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`))
      .join('\n')
    expect(after).toBe(`${head}notes: |\n${block}`)
    expect(await fileAt('organizations/brandt.yaml')).toBe(before)
  })

  test('finds the file by search once, and from then on where it was', async () => {
    const { client, simulator, asked, idOf } = await noteSetting()
    const ask = (text: string) => client.orgNotes.previewMergeRequest({ accountId: idOf('Cascadia'), text })
    let from = simulator.record().length
    expect(await ask('One.')).toMatchObject({ path: 'organizations/cascadia.yaml' })
    expect(asked(from).filter((path) => path.includes('/search'))).toHaveLength(1)
    expect(asked(from).some((path) => path.includes('/tree'))).toBe(false)
    from = simulator.record().length
    expect(await ask('Two.')).toMatchObject({ path: 'organizations/cascadia.yaml' })
    expect(asked(from).filter((path) => path.includes('/search'))).toEqual([])
  })

  test('goes through the files where GitLab cannot search', async () => {
    const { client, ask, simulator, asked, idOf } = await noteSetting()
    await ask.order('/misbehave', { target: 'gitlab', kind: '403', count: 9, pathContains: '/search' })
    const from = simulator.record().length
    const request = await client.orgNotes.previewMergeRequest({ accountId: idOf('Kestrel'), text: 'New.' })
    expect(request).toMatchObject({ path: 'organizations/kestrel.yaml', exists: true })
    expect(asked(from).some((path) => path.includes('/tree'))).toBe(true)
    expect(asked(from).filter((path) => path.includes('/files/')).length).toBeLessThan(4)
  })

  test('makes a new file where there is none, and says so', async () => {
    const { client, idOf } = await noteSetting()
    const organizationId = idOf('Brandt') + 13
    await client.accounts.add({ organizationId })
    const asked = await client.orgNotes.previewMergeRequest({ accountId: organizationId, text: 'New.' })
    expect(asked).toMatchObject({ exists: false, before: '', after: 'New.\n' })
    expect(asked.path).toMatch(/^organizations\/[a-z-]+\.yaml$/)
    expect(asked.preview.warnings[0]).toMatch(/^No file has the id of .+ is made\.$/)
    expect(asked.preview.intent).toMatchObject({
      content: expect.stringMatching(
        new RegExp(`^id: ${organizationId}\nname: ".+"\nnotes: \\|\n  New\\.\n$`),
      ) as string,
    })
  })

  test('is refused with line and column where the file is no YAML, and what was written is kept', async () => {
    const { client, put, idOf } = await noteSetting()
    const accountId = idOf('Brandt')
    await client.orgNotes.saveDraft({ accountId, text: 'New.' })
    await put('organizations/brandt.yaml', `id: ${accountId}\nname: Brandt: Söhne\nnotes: |\n  Old.\n`)
    expect(await refusalOf(client.orgNotes.previewMergeRequest({ accountId, text: 'New.' }))).toMatchObject({
      message: expect.stringContaining(
        'organizations/brandt.yaml in GitLab cannot be read. Line 2, column 7:',
      ) as string,
    })
    await put('organizations/brandt.yaml', `{id: ${accountId}, notes: Old}\n`)
    expect(await refusalOf(client.orgNotes.previewMergeRequest({ accountId, text: 'New.' }))).toMatchObject({
      message: expect.stringContaining('stand in braces') as string,
    })
    expect((await client.orgNotes.get({ accountId })).draft).toMatchObject({ text: 'New.' })
  })

  test('is refused for a restricted account before anybody is asked', async () => {
    const db = memoryDatabase()
    storeWorkspace(db, aWorkspace())
    db.exec(`INSERT INTO account_desks (account_id, document, restricted, updated_at) VALUES (1, '{}', 1, 0)`)
    const nobody = () => Promise.reject(new Error('somebody was asked'))
    const desk: NoteRequestDesk = {
      ...{ db, policy: policyOf('2025-04'), now: wednesday, project: 'support/organizations', manager: null },
      gitlab: {
        writes: { project: nobody, file: nobody, findPeople: nobody },
        files: { containing: nobody, inFolder: nobody },
        identity: { known: () => null },
      },
      preview: nobody,
    }
    const asked = previewNoteRequest(desk, { accountId: 1, text: 'New.', removal: false })
    await expect(asked).rejects.toThrow('Acme is restricted: its note stays in Zendesk')
    expect(composeOrgNote(desk, 1, {}).text).not.toContain('Acme')
    expect(lintText(desk, 'Anna is the ASE of Acme.', 1).warnings).toMatchObject([{ kind: 'customer-name' }])
  })

  test('is refused in words for an empty note, and without a project or a GitLab that shows it', async () => {
    const { client, idOf } = await noteSetting()
    const accountId = idOf('Brandt')
    expect(await refusalOf(client.orgNotes.previewMergeRequest({ accountId, text: ' \n' }))).toMatchObject({
      message: expect.stringContaining('empty') as string,
    })
    await client.settings.set({ organizationsProject: 'support/none' })
    expect(await refusalOf(client.orgNotes.previewMergeRequest({ accountId, text: 'New.' }))).toMatchObject({
      message: expect.stringContaining('GitLab does not show support/none') as string,
    })
  })

  test('says what the note leaves open, and that the project is to be another one where customers see it', async () => {
    const { client, idOf } = await noteSetting()
    const accountId = idOf('Brandt')
    await client.settings.set({ organizationsProject: 'account-management/emea/brandt-soehne/collaboration' })
    const { preview } = await client.orgNotes.previewMergeRequest({ accountId, text: 'Jonas is the EMEA ASE.' })
    expect(preview.refusal).toContain('An organization note is for colleagues')
    expect(preview.warnings.some((words) => words.startsWith('It leaves open: '))).toBe(true)
  })

  test('the manager is chosen among the members of the project', async () => {
    const { client } = await noteSetting()
    const { people } = await client.orgNotes.findPeople({ name: 'Renate' })
    expect(people).toEqual([{ id: managerId, username: 'rlindqvist', name: 'Renate Lindqvist' }])
    expect(await client.orgNotes.findPeople({ name: '@rlindqvist' })).toEqual({ people })
  })
})

test('what held for an absence is offered to be taken out once it is over', async () => {
  const { client, idOf } = await noteSetting()
  const accountId = idOf('Meridian')
  const { removal, note, lint } = await client.orgNotes.get({ accountId })
  expect(lint?.warnings).toMatchObject([{ kind: 'ended' }])
  expect(removal?.words).toContain('is past')
  expect(note).toContain(removal?.text.trimEnd())
  expect(removal?.text).not.toContain('Until 2025-12-19')
  const asked = await client.orgNotes.previewMergeRequest({ accountId, text: removal?.text ?? '', removal: true })
  expect(asked.preview.intent).toMatchObject({ title: 'Org note of Meridian Health: take out the coverage text' })
})
