import { expect, test } from 'vitest'
import { issueIidIn, readIssueAddress } from '#service/sharing/issue-address.ts'

const home = 'https://gitlab.com'
const read = (text: string, url = home, project: string | null = 'support/plans') =>
  readIssueAddress(text, url, project)

test.each([
  ['https://gitlab.com/support/plans/-/issues/12', 'support/plans', 12],
  [' https://gitlab.com/a/b/c/-/work_items/7?tab=x#note_3 ', 'a/b/c', 7],
  ['https://gitlab.com/a/b/issues/3/designs', 'a/b', 3],
  ['a/b.c/d_e#9', 'a/b.c/d_e', 9],
  ['#4', 'support/plans', 4],
])('%s is an issue', (text, path, iid) => {
  expect(read(text)).toEqual({ path, iid })
})

test('a GitLab below a path is read without it', () => {
  expect(read('https://x.example/gitlab/a/b/-/issues/1', 'https://x.example/gitlab')).toEqual({ path: 'a/b', iid: 1 })
  expect(() => read('https://x.example/a/b/-/issues/1', 'https://x.example/gitlab')).toThrow('no address of an issue')
})

test.each([
  ['https://gitlab.com/a/b', 'no address of an issue'],
  ['https://gitlab.com/a/b/-/merge_requests/4', 'no address of an issue'],
  ['javascript:alert(1)/-/issues/1', 'no address of an issue'],
  ['plan', 'no address of an issue'],
  ['https://other.example/a/b/-/issues/1', 'the GitLab that is connected is gitlab.com'],
])('%s is refused in words', (text, words) => {
  expect(() => read(text)).toThrow(words)
})

test('a number alone needs the project of the settings', () => {
  expect(() => read('#4', home, null)).toThrow('Write the project before #4')
})

test('the number of an issue is read from its address, and of nothing else', () => {
  expect(issueIidIn('https://gitlab.com/a/b/-/work_items/17')).toBe(17)
  expect(issueIidIn('https://gitlab.com/a/b')).toBeUndefined()
  expect(issueIidIn('nonsense')).toBeUndefined()
})
