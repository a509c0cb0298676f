import { describe, expect, test } from 'vitest'
import { callTemplate, templateSetsLabel } from '#core/issues/call-template.ts'
import { countTasks } from '#core/issues/count-tasks.ts'
import { policyOf } from '#test/support/policy-of.ts'

const label = 'ASE Work - Acme'

describe.each(['2025-04', '2026-08'])('the template of %s', (version) => {
  const { path, content } = callTemplate(policyOf(version).proactive, { account: 'Acme', label })

  test('is an issue template of GitLab', () => {
    expect(path).toBe('.gitlab/issue_templates/Call.md')
    expect(content).toMatch(/\n$/)
    expect(content).not.toMatch(/[{}]/)
  })

  test('says how the issue is named, and puts the label on it', () => {
    expect(content).toContain('<YYYY-MM-DD> Call: <Purpose>')
    expect(content.split('\n')).toContain('/label ~"ASE Work - Acme"')
    expect(templateSetsLabel(content, label)).toBe(true)
  })

  test('asks for who, why, agenda, notes, decisions, action items and priorities', () => {
    expect([...content.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'Who was present',
      'Purpose',
      'Agenda',
      'Notes',
      'Decisions',
      'Action items',
      'Priorities',
    ])
    expect(content).toContain('- Acme:')
  })

  test('has action items as tasks with who is responsible and when', () => {
    expect(content).toMatch(/^- \[ \] .*DRI.*YYYY-MM-DD/m)
    expect(countTasks(content)).toMatchObject({ total: 1 })
  })

  test('sends what is about tickets there', () => {
    expect(content).toContain('write a call summary in each of those tickets instead')
  })
})

test.each<[string, boolean]>([
  ['/label ~"ASE Work - Acme"', true],
  ['Notes\n  /label ~bug ~"ASE Work - Acme" ~feature\n', true],
  ['/label ~"ASE Work - Acme Europe"', false],
  ['Write /label ~"ASE Work - Acme" yourself', false],
  ['/unlabel ~"ASE Work - Acme"', false],
  ['', false],
])('%j sets the label: %s', (content, sets) => {
  expect(templateSetsLabel(content, label)).toBe(sets)
})

test('a label of one word needs no quotes', () => {
  expect(templateSetsLabel('/label ~acme', 'acme')).toBe(true)
  expect(templateSetsLabel('/label ~acme-europe', 'acme')).toBe(false)
})
