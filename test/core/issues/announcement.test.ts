import { describe, expect, test } from 'vitest'
import { announcementsOf, type AnnouncedProject } from '#core/issues/announcement.ts'
import { policyOf } from '#test/support/policy-of.ts'

const about: AnnouncedProject = {
  account: 'Acme',
  project: 'acme/collaboration',
  url: 'https://gitlab.example.com/acme/collaboration',
  label: 'ASE Work - Acme',
  ase: 'Inés Ortega',
  sender: 'Inés Ortega',
}

describe.each(['2025-04', '2026-08'])('the announcements of %s', (version) => {
  const write = (change: Partial<AnnouncedProject> = {}) =>
    announcementsOf(policyOf(version).proactive, { ...about, ...change })

  test('are to the contacts and to the account team', () => {
    expect(write().map(({ to }) => to)).toEqual(['Your contacts at Acme', 'The account team of Acme'])
  })

  test('name the project, the label, what goes there and what stays in tickets', () => {
    for (const { subject, text } of write()) {
      expect(subject).toContain('Acme')
      for (const named of [about.project, about.url, about.label]) expect(text).toContain(named)
      expect(text).toMatch(/architecture changes, migrations/)
      expect(text).toMatch(/tickets/)
      expect(`${subject}${text}`).not.toMatch(/[{}]/)
    }
  })

  test('speak of the ASE as “me” when the ASE writes, and by name when somebody else does', () => {
    for (const { text } of write()) expect(text).toMatch(/want me to contribute[^]*\nInés Ortega$/)
    for (const { text } of write({ sender: 'Tom Okafor' })) {
      expect(text).toMatch(/want Inés Ortega to contribute[^]*\nTom Okafor$/)
    }
    for (const { text } of write({ ase: null })) expect(text).toContain('want me to contribute')
  })

  test('end with their last sentence while nobody is known who sends them', () => {
    for (const { text } of write({ sender: null })) expect(text).toMatch(/\.$/)
  })
})
