import { expect, test } from 'vitest'
import { similarSubjects, tellingWords } from '#core/guidance/similar-subjects.ts'

test('words that say what it is about are longer ones and those with numbers', () => {
  expect(tellingWords('GitLab does not start after the upgrade to 18.6: Gitaly OOM, 502, Gitaly')).toEqual([
    'start',
    'upgrade',
    '18.6',
    'gitaly',
    '502',
  ])
})

test('the most alike come first, of equal ones the first, and those that share nothing not at all', () => {
  const lines = ['Runner times out', 'Gitaly is slow', 'Gitaly out of memory', 'Gitaly slow on Geo'].map(
    (subject, id) => ({
      id,
      subject,
    }),
  )
  const found = similarSubjects('Gitaly runs out of memory', lines, 2)
  expect(found).toEqual([
    { id: 2, subject: 'Gitaly out of memory', shared: ['gitaly', 'memory'] },
    { id: 1, subject: 'Gitaly is slow', shared: ['gitaly'] },
  ])
  expect(similarSubjects('', lines, 5)).toEqual([])
})
