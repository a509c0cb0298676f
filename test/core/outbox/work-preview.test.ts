import { describe, expect, test } from 'vitest'
import type { WorkFacts } from '#core/outbox/work-facts.ts'
import { previewWork } from '#core/outbox/work-preview.ts'
import type { WorkWish } from '#core/outbox/work-wish.ts'
import { wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000
const projectId = 12
const at = { projectId, iid: 7 }
const issue: NonNullable<WorkFacts['issue']> = {
  ...{ iid: 7, title: 'Upgrade', description: '- [ ] Back up', state: 'opened', labels: ['ASE Work - Acme'] },
  ...{ confidential: false, fate: null, updatedAt: wednesday - 600 * minuteMs, freshAsOf: wednesday },
}
const project: NonNullable<WorkFacts['project']> = {
  path: 'acme/runners',
  customerSees: { visible: true, words: 'Everything in this project can be seen by Acme.' },
  accessLevel: 30,
}
const facts = (parts: Partial<WorkFacts> = {}): WorkFacts => ({
  ...{ connected: true, project, issue, file: null, me: { id: 3, name: 'Jonas Feldkamp' }, mayWrite: true },
  ...{ coveredAse: null, restricted: null, waiting: [], now: wednesday, ...parts },
})
const comment: WorkWish = { kind: 'issue-comment', ...at, body: 'Done.', internal: false }
const newIssue: WorkWish = {
  ...{ kind: 'create-issue', projectId, title: 'Migrate', description: 'Text', labels: ['a', 'b'] },
  ...{ assigneeIds: [3, 4], confidential: true, dueDate: '2026-12-01' },
}
const file: WorkWish = {
  ...{ kind: 'file-change', projectId, path: 'a/b.md', content: 'x\ny\n', by: 'merge-request' },
  ...{ title: 'Change it', description: '', assigneeIds: [4] },
}

describe('words', () => {
  test.each<readonly [WorkWish, RegExp]>([
    [
      newIssue,
      /^Opens a confidential issue in acme\/runners, in your name: “Migrate”, with the labels “a”, “b”, assigned to you \(Jonas Feldkamp\), GitLab user 4, due 2026-12-01\. Its text: “Text”\. Its text ends with a mark/,
    ],
    [comment, /^Adds a comment to #7 “Upgrade”, in your name: “Done\.” Its text ends with a mark/],
    [
      { kind: 'issue-labels', ...at, add: ['a'], remove: ['b'] },
      /^Adds the label “a” to and takes “b” off #7 “Upgrade”\. Its other labels stay/,
    ],
    [{ kind: 'issue-state', ...at, state: 'closed' }, /^Closes #7/],
    [
      { kind: 'issue-task', ...at, text: 'Back up', nth: 0, done: true },
      /^Marks the task “Back up” of #7 “Upgrade” as done/,
    ],
    [
      { kind: 'issue-text', ...at, title: 'New', description: 'All' },
      /^Gives #7 “Upgrade” the title “New” and this text: “All”/,
    ],
    [
      { kind: 'create-label', projectId, name: 'L', color: '#111111', description: '' },
      /^Makes the label “L” in acme\/runners\. One that/,
    ],
    [{ kind: 'subscribe-label', projectId, name: 'L' }, /^Subscribes you to the label “L” in acme\/runners/],
    [
      { kind: 'create-board', projectId, name: 'B', label: 'L' },
      /^Makes the board “B” in acme\/runners\. It shows only issues with the label “L”; where/,
    ],
    [
      file,
      /^Asks with a merge request in acme\/runners for another content for a\/b\.md \(2 lines\): “Change it”, assigned to GitLab user 4/,
    ],
    [
      { ...file, by: 'commit' },
      /^Puts another content for a\/b\.md \(2 lines\) into acme\/runners, as a commit to its default branch/,
    ],
  ])('of %o', (wish, words) => {
    expect(previewWork(wish, facts()).words).toMatch(words)
  })

  test('a long text is cut, and its length told', () => {
    expect(previewWork({ ...comment, body: 'x'.repeat(5000) }, facts()).words).toMatch(/x… \(5000 characters in all\)”/)
  })
})

describe('who sees it', () => {
  test('what is internal or confidential is seen by customers too, in a project that is shared with them', () => {
    expect(previewWork({ ...comment, internal: true }, facts()).customerSees).toEqual({
      visible: true,
      words:
        'Everything in this project can be seen by Acme. An internal note too: customers are members of the project.',
    })
    expect(previewWork(newIssue, facts()).customerSees.words).toMatch(/A confidential issue too/)
  })

  test('nobody sees a subscription, and of a project nothing is known about it is taken that the customer does', () => {
    expect(previewWork({ kind: 'subscribe-label', projectId, name: 'L' }, facts()).customerSees.visible).toBe(false)
    expect(previewWork(comment, facts({ project: null })).customerSees.visible).toBe(true)
  })
})

describe('warnings', () => {
  test.each<readonly [Partial<WorkFacts>, RegExp]>([
    [{ issue: { ...issue, updatedAt: wednesday - 3 * minuteMs } }, /^This issue changed 3 minutes ago\.$/],
    [{ issue: { ...issue, updatedAt: wednesday - 1000 } }, /^This issue changed just now\.$/],
    [{ issue: { ...issue, freshAsOf: wednesday - 180 * minuteMs } }, /is 3 hours old\. Understudy reads it again/],
    [{ issue: { ...issue, freshAsOf: wednesday - 72 * 60 * minuteMs } }, /is 3 days old/],
    [{ issue: { ...issue, state: 'closed' } }, /^This issue is closed\.$/],
    [{ coveredAse: 'Lena Okafor' }, /^This account’s proactive work is Lena Okafor’s\. Covering means its tickets/],
    [{ waiting: [comment] }, /^Earlier changes to this issue that are still to be made: 1\./],
  ])('%o', (parts, words) => {
    expect(previewWork(comment, facts(parts)).warnings).toEqual([expect.stringMatching(words)])
  })

  test('there is none where nothing is to be thought of', () => {
    expect(previewWork(comment, facts()).warnings).toEqual([])
  })
})

describe('a refusal', () => {
  test.each<readonly [WorkWish, Partial<WorkFacts>, RegExp]>([
    [comment, { connected: false }, /No GitLab is connected/],
    [comment, { me: null }, /Who you are in GitLab is not known yet/],
    [
      comment,
      { mayWrite: false },
      /may read GitLab and not write to it\. Sign in again in Settings with the right “api”/,
    ],
    [comment, { issue: null }, /#7 is not stored here/],
    [newIssue, { project: null }, /project is not known here/],
    [comment, { issue: { ...issue, fate: 'moved' } }, /was moved to another project/],
    [comment, { issue: { ...issue, fate: 'out-of-sight' } }, /deleted, or taken out of your sight/],
    [comment, { issue: { ...issue, fate: 'unlabelled' } }, /carries its account’s label no more/],
    [
      { kind: 'issue-task', ...at, text: 'Else', nth: 0, done: true },
      {},
      /not in the description of #7 “Upgrade” any more/,
    ],
    [{ kind: 'issue-labels', ...at, add: ['a,b'], remove: [] }, {}, /no comma/],
    [{ kind: 'create-label', projectId, name: 'a,b', color: '#111111', description: '' }, {}, /no comma/],
    [{ kind: 'issue-labels', ...at, add: [], remove: [] }, {}, /No label is named/],
    [{ kind: 'issue-labels', ...at, add: ['A'], remove: ['a'] }, {}, /added and taken off at once/],
    [file, { file: { problem: 'GitLab is away.' } }, /a\/b\.md could not be read: GitLab is away/],
    [{ ...file, path: '../b' }, {}, /no path of a file/],
    [
      file,
      { project: { ...project, accessLevel: 20 } },
      /Your role in acme\/runners is too low for this: it takes Developer/,
    ],
    [
      { kind: 'create-label', projectId, name: 'L', color: '#111111', description: '' },
      { project: { ...project, accessLevel: 10 } },
      /it takes Planner/,
    ],
  ])('of %o with %o', (wish, parts, words) => {
    expect(previewWork(wish, facts(parts)).refusal).toEqual({ kind: 'no-way', words: expect.stringMatching(words) })
  })

  test.each<readonly [WorkWish, Partial<WorkFacts>, RegExp]>([
    [{ kind: 'issue-labels', ...at, add: ['ase work - acme'], remove: [] }, {}, /has these labels already/],
    [{ kind: 'issue-state', ...at, state: 'opened' }, {}, /is open already/],
    [{ kind: 'issue-task', ...at, text: 'Back up', nth: 0, done: false }, {}, /is open already/],
    [{ kind: 'issue-text', ...at, description: '- [ ] Back up' }, {}, /says this already/],
    [file, { file: { seen: { content: 'x\ny\n', lastCommitId: 'c' } } }, /has this content already/],
  ])('says that it is so already: %o', (wish, parts, words) => {
    expect(previewWork(wish, facts(parts)).refusal).toEqual({ kind: 'holds', words: expect.stringMatching(words) })
    // What waits may make it otherwise.
    expect(previewWork(wish, facts({ ...parts, waiting: [comment] })).refusal).toBeNull()
  })

  test('of a coverage plan, wherever in a text it stands, where customers read or who reads is not known', () => {
    const plan = 'See below.\n> {\n> "understudy": "coverage-plan", "format": 1 }'
    const texts: readonly WorkWish[] = [
      { kind: 'issue-text', ...at, description: plan },
      { ...comment, body: plan },
      { ...newIssue, description: plan },
      { ...file, content: plan },
    ]
    const internal = { ...project, customerSees: { visible: false, words: 'Colleagues.' } }
    for (const wish of texts) {
      expect(previewWork(wish, facts()).refusal).toEqual({
        kind: 'no-way',
        words:
          'Everything in this project can be seen by Acme. A coverage plan is for colleagues, so it is not written there.',
      })
      expect(previewWork(wish, facts({ project: internal })).refusal).toBeNull()
    }
    expect(previewWork({ ...comment, body: plan }, facts({ project: null })).refusal?.words).toMatch(
      /is not known here/,
    )
    expect(previewWork({ ...comment, body: 'The coverage-plan is due.' }, facts()).refusal).toBeNull()
  })

  test('of a handoff as well', () => {
    const body = 'See: {"understudy":"account-handoff","format":1}'
    expect(previewWork({ ...comment, body }, facts()).refusal?.words).toBe(
      'Everything in this project can be seen by Acme. A handoff is for colleagues, so it is not written there.',
    )
  })

  test('there is none for a label put back on an issue that lost it, nor where the role is not known', () => {
    const back: WorkWish = { kind: 'issue-labels', ...at, add: ['other'], remove: [] }
    expect(previewWork(back, facts({ issue: { ...issue, fate: 'unlabelled' } })).refusal).toBeNull()
    expect(previewWork(file, facts({ project: { ...project, accessLevel: null } })).refusal).toBeNull()
  })
})
