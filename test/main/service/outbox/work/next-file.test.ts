import { describe, expect, test } from 'vitest'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const gitlab = simulatorForOutboxes()
let made = 0

async function setting(by: 'commit' | 'merge-request', before: string | null = 'one\ntwo\nthree\n') {
  const work = await workSetting(gitlab.simulator, gitlab.at())
  await work.readProject()
  const path = `notes/file-${(made += 1)}.md`
  if (before !== null) await work.file(path, before)
  const intent = {
    ...({ kind: 'file-change', projectId: work.projectId, path, by } as const),
    ...{ content: 'one\nmine\nthree\n', title: `Change ${path}`, description: 'As agreed.' },
    assigneeIds: [41_001],
  }
  const requests = () => work.holds().mergeRequests.filter(({ title }) => title === intent.title)
  const commits = () => work.holds().commits.filter(({ message }) => message === intent.title)
  const files = () => work.holds().files.filter((file) => file.path === path)
  const onDefault = () => files().find(({ branch }) => !branch.startsWith('understudy/'))?.content
  return { work, path, intent, requests, commits, files, onDefault }
}

describe('as a commit', () => {
  test('is made once, and read back', async () => {
    const { work, intent, commits, onDefault } = await setting('commit')
    expect(await work.make(intent)).toMatchObject({
      state: 'verified',
      attempts: 1,
      problem: null,
      url: expect.stringMatching(/\/-\/blob\//),
    })
    expect(onDefault()).toBe(intent.content)
    expect(commits()).toHaveLength(1)
  })

  test('makes a new file', async () => {
    const { work, intent, onDefault } = await setting('commit', null)
    expect(await work.make(intent)).toMatchObject({ state: 'verified', words: expect.stringMatching(/the new file/) })
    expect(onDefault()).toBe(intent.content)
  })

  test('is not needed where the content is there already', async () => {
    const { work, intent, commits } = await setting('commit', 'one\nmine\nthree\n')
    const [preview] = await work.outbox.preview([intent])
    expect(preview?.refusal).toMatch(/has this content already/)
    expect(await work.make(intent)).toMatchObject({
      state: 'verified',
      attempts: 0,
      problem: expect.stringMatching(/already/),
    })
    expect(commits()).toEqual([])
  })

  test('is not made over what somebody else committed since: both sides are shown, and mine is made knowingly', async () => {
    const { work, path, intent, onDefault } = await setting('commit')
    const [id = 0] = await work.order(intent)
    await work.file(path, 'one\ntheirs\nthree\n')
    await work.settle()
    expect(work.entry(id)).toMatchObject({
      state: 'conflict',
      conflict: [
        { field: path, before: 'one\ntwo\nthree\n…', mine: 'one\nmine\nthree\n…', theirs: 'one\ntheirs\nthree\n…' },
      ],
    })
    expect(onDefault()).toBe('one\ntheirs\nthree\n')
    work.outbox.resolve(id, 'mine')
    await work.settle()
    expect(work.entry(id).state).toBe('verified')
    expect(onDefault()).toBe(intent.content)
  })

  test.each(['lost-502', 'lost-cut', 'truncate', '502', 'hang'])('%s in the middle: it is there once', async (kind) => {
    const { work, intent, commits, onDefault } = await setting('commit')
    await work.ask.order('/misbehave', { target: 'gitlab', kind, method: 'POST' })
    expect(await work.make(intent)).toMatchObject({ state: 'verified' })
    expect(commits()).toHaveLength(1)
    expect(onDefault()).toBe(intent.content)
  })

  test('to a branch that we may not push to fails and says what to do', async () => {
    const { work, intent } = await setting('commit')
    await work.ask.order(`/gitlab/projects/${work.projectId}`, { push_level: 50 })
    const entry = await work.make(intent)
    await work.ask.order(`/gitlab/projects/${work.projectId}`, { push_level: 40 })
    expect(entry).toMatchObject({ state: 'failed', problem: expect.stringMatching(/Make it as a merge request/) })
  })
})

describe('as a merge request', () => {
  test('is asked for once, on a branch of its own, assigned; the file stays until somebody merges it', async () => {
    const { work, intent, requests, onDefault } = await setting('merge-request')
    expect(await work.make(intent)).toMatchObject({
      state: 'verified',
      attempts: 1,
      url: expect.stringMatching(/merge_requests/),
    })
    expect(requests()).toMatchObject([
      { state: 'opened', assigneeIds: [41_001], sourceBranch: expect.stringMatching(/^understudy\/file-/) },
    ])
    expect(onDefault()).toBe('one\ntwo\nthree\n')
  })

  test('that is there already holds', async () => {
    const { work, intent, requests } = await setting('merge-request')
    const first = await work.make(intent)
    const again = await work.make(intent)
    expect(again).toMatchObject({
      state: 'verified',
      attempts: 0,
      url: first.url,
      problem: expect.stringMatching(/already/),
    })
    expect(requests()).toHaveLength(1)
  })

  test('of a file that somebody changed since is a conflict', async () => {
    const { work, path, intent, requests } = await setting('merge-request')
    const [id = 0] = await work.order(intent)
    await work.file(path, 'one\ntheirs\nthree\n')
    await work.settle()
    expect(work.entry(id).state).toBe('conflict')
    expect(requests()).toEqual([])
  })

  test.each([
    ['lost-502', 0],
    ['lost-cut', 0],
    ['502', 0],
    ['hang', 0],
    ['lost-502', 1],
    ['lost-hang', 1],
    ['502', 1],
    ['409', 1],
  ] as const)('%s at call %i: there is one branch, one commit and one merge request', async (kind, skip) => {
    const { work, intent, requests, commits, files } = await setting('merge-request')
    await work.ask.order('/misbehave', { target: 'gitlab', kind, method: 'POST', skip })
    expect(await work.make(intent)).toMatchObject({ state: 'verified' })
    expect(requests()).toHaveLength(1)
    expect(commits()).toHaveLength(1)
    expect(
      files()
        .filter(({ branch }) => branch.startsWith('understudy/file-'))
        .map(({ content }) => content),
    ).toContain(intent.content)
  })

  test('killed between commit and merge request: the next start goes on', async () => {
    const { work, intent, requests, commits } = await setting('merge-request')
    await work.ask.order('/misbehave', { target: 'gitlab', kind: '502', method: 'POST', skip: 1 })
    const [id = 0] = await work.order(intent)
    await work.outbox.flush()
    expect(requests()).toEqual([])
    work.restart()
    await work.settle()
    expect(work.entry(id)).toMatchObject({ state: 'verified' })
    expect(requests()).toHaveLength(1)
    expect(commits()).toHaveLength(1)
  })
})

test('a preview of a file that cannot be read is refused and says so', async () => {
  const { work, intent } = await setting('commit')
  // Who is signed in is known by then.
  await work.outbox.preview([intent])
  await work.ask.order('/port', { target: 'gitlab', open: false })
  const [preview] = await work.outbox.preview([intent])
  expect(preview?.refusal).toMatch(/could not be read: .*GitLab may be down/)
})

test('a file that was not looked at is not ordered', async () => {
  const { work, intent } = await setting('commit')
  await expect(work.outbox.send([{ intent, stamp: 5 }])).rejects.toThrow(/has changed since you looked/)
})
