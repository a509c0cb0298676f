import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deskShapes } from '#contract/desk.ts'
import { deskTexts, emptyDesk, environmentFields, type DeskDocument } from '#core/desk/desk-document.ts'
import { readDesk, storeDesk } from '#service/db/desks.ts'
import { prepared, type WriteDb } from '#service/db/sql.ts'
import { readRoster } from '#service/db/workspace.ts'
import { exportDesk, importDesk } from '#service/desk/exchange-desk.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

const now = Date.UTC(2026, 10, 25, 12)
const accountId = 7

function aWorkspace(db: WriteDb, fields: object = {}): WriteDb {
  db.exec(`
    INSERT INTO people (id, name, time_zone, region, working_hours, slack_handle, is_me)
      VALUES (1, 'Jonas Feldkamp', 'Europe/Berlin', 'EMEA', '[]', NULL, 1),
             (2, 'Dana Whitfield', 'America/Los_Angeles', 'AMER', '[]', '@dana', 0);
    INSERT INTO accounts (id, name, ase_id) VALUES (7, 'Acme, Inc.', 2), (8, 'Other', NULL)`)
  prepared<[string]>(db, 'UPDATE accounts SET org_fields = ? WHERE id = 7').run(JSON.stringify(fields))
  return db
}

const settingOf = (db: WriteDb, mayChangePeople = true) => ({ db, roster: readRoster(db), mayChangePeople, now })

function take(db: WriteDb, text: string, apply = true, mayChangePeople = true) {
  return importDesk(settingOf(db, mayChangePeople), { accountId, from: { kind: 'text', text }, apply })
}

const give = (db: WriteDb, as: (typeof deskShapes)[number] = 'inventory') => exportDesk(settingOf(db), accountId, as)

describe('an inventory', () => {
  const text = `# Kept by hand
Zendesk org name: Acme, Inc.
deployment_platform: AWS
gitlab:
  deployment: Linux package
  version: 18.10
geo: ""
security_scanners: [SAST, DAST]
security_policies: one for all groups
Collaboration project link: https://gitlab.example/acme
weekly ticket review template link: in the wiki
pages: off
`

  test('fills in fields by the names people use, and keeps the rest under its own with line and column', () => {
    const db = aWorkspace(memoryDatabase())
    const result = take(db, text)
    const { document } = readDesk(db, accountId)
    expect(document.environment).toEqual({
      platform: 'AWS',
      gitlab: 'Linux package\nGitlab version: 18.10',
      security: 'Security scanners: SAST\nDAST\nSecurity policies: one for all groups',
    })
    expect(document.resources).toMatchObject([{ title: 'Collaboration project', url: 'https://gitlab.example/acme' }])
    expect(document.extras.map(({ name, text: words }) => [name, words])).toEqual([
      ['weekly ticket review template link', 'in the wiki'],
      ['pages', 'off'],
    ])
    expect(result).toMatchObject({ shape: 'inventory', stored: true })
    expect(result.leftOver.map(({ name, line, column }) => [name, line, column])).toEqual([
      ['weekly ticket review template link', 11, 37],
      ['pages', 12, 8],
    ])
  })

  test('is only looked at before it is applied, changes nothing the second time, and can be taken back', () => {
    const db = aWorkspace(memoryDatabase())
    storeDesk(db, accountId, { document: { ...emptyDesk, environment: { platform: 'GCP' } }, restricted: false }, now)
    const preview = take(db, text, false)
    expect(preview).toMatchObject({ stored: false, undo: null })
    expect(preview.changes[0]).toBe('Deployment platform: “GCP” becomes “AWS”.')
    expect(readDesk(db, accountId).document.environment).toEqual({ platform: 'GCP' })
    const { undo } = take(db, text)
    expect(take(db, text).changes).toEqual([])
    expect(undo).toMatchObject({ kind: 'replace', document: { environment: { platform: 'GCP' } } })
  })

  test('that is no YAML is refused by line and column, and nothing is stored', () => {
    const db = aWorkspace(memoryDatabase())
    expect(() => take(db, 'geo: two\n\tredis: no\n')).toThrow('This is no YAML that can be read. Line 2, column 1:')
    expect(() => take(db, '- geo\n')).toThrow('this is a list of something else')
    expect(() => take(db, '')).toThrow('there are no fields here')
    expect(readDesk(db, accountId).updatedAt).toBeNull()
  })

  test('of another organization is refused', () => {
    const db = aWorkspace(memoryDatabase())
    expect(() => take(db, 'geo: no\nzendesk_org_id: 9\n')).toThrow('Line 2: this is of organization 9, and Acme, Inc.')
  })

  test('an address that is no https one is no link', () => {
    const db = aWorkspace(memoryDatabase())
    take(db, 'resources:\n  - title: Trap\n    url: javascript:alert(1)\norg_note_link: http://x.example\n')
    const { document } = readDesk(db, accountId)
    expect(document.resources).toEqual([])
    expect(document.extras.map(({ name, text: words }) => [name, words])).toEqual([
      ['resources.0.title', 'Trap'],
      ['resources.0.url', 'javascript:alert(1)'],
      ['org_note_link', 'http://x.example'],
    ])
  })
})

test('what is given out as an inventory comes back as it was', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((words) => `x${words.trim()}`.trim())
  const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'))
  const desks: fc.Arbitrary<DeskDocument> = fc.record({
    contacts: fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        side: fc.constantFrom('customer' as const, 'internal' as const),
        name: line,
        role: line,
        reach: line,
        howToWork: lines,
        important: fc.boolean(),
      }),
      { selector: ({ name }) => name.replaceAll(/\s+/g, ' ').toLowerCase(), maxLength: 3 },
    ),
    environment: fc.dictionary(fc.constantFrom(...environmentFields), lines),
    environmentNote: lines,
    resources: fc.uniqueArray(
      fc.record({ id: fc.uuid(), title: line, url: fc.webUrl({ validSchemes: ['https'] }), about: line }),
      { selector: ({ url }) => url, maxLength: 3 },
    ),
    slackChannel: line,
    cadence: lines,
    extras: fc.uniqueArray(fc.record({ id: fc.uuid(), name: fc.stringMatching(/^zz[a-z_]{1,8}$/), text: lines }), {
      selector: ({ name }) => name,
      maxLength: 3,
    }),
    onboarding: fc.constant(emptyDesk.onboarding),
  })
  const bare = ({ contacts, resources, extras, ...rest }: DeskDocument) => ({
    ...rest,
    contacts: contacts.map((contact) => ({ ...contact, id: '' })),
    resources: resources.map((resource) => ({ ...resource, id: '' })),
    extras: extras.map((extra) => ({ ...extra, id: '' })),
  })
  const db = aWorkspace(memoryDatabase())
  fc.assert(
    fc.property(desks, (desk) => {
      storeDesk(db, accountId, { document: desk, restricted: false }, now)
      const { text } = give(db)
      expect(take(db, text, false).changes).toEqual([])
      storeDesk(db, accountId, { document: emptyDesk, restricted: false }, now)
      take(db, text)
      expect(bare(readDesk(db, accountId).document)).toEqual(bare(desk))
    }),
  )
})

describe('people of the Support Team', () => {
  const text = `- name: Dana Whitfield
  region: AMER-W
  working_hours: Mon-Fri 08:00-16:30 America/Los_Angeles
  slack: { id: U1, username: dwhitfield }
  pagerduty: { id: P9 }
- name: Leah Brandão
  title: Customer Success Manager
  email: leah@example.com
  region: AMER
  working_hours: 9 to 5
`

  test('somebody known gets hours, region and handle; somebody else becomes a contact; the rest is kept', () => {
    const db = aWorkspace(memoryDatabase())
    const result = take(db, text)
    expect(result.shape).toBe('support-team')
    expect(readRoster(db).people.find(({ id }) => id === 2)).toMatchObject({
      region: 'AMER-W',
      slackHandle: '@dwhitfield',
    })
    expect(readRoster(db).people.find(({ id }) => id === 2)?.workingHours).toHaveLength(5)
    expect(readDesk(db, accountId).document.contacts).toMatchObject([
      {
        side: 'internal',
        name: 'Leah Brandão',
        role: 'Customer Success Manager',
        reach: 'leah@example.com',
        howToWork: 'Works AMER, 9 to 5.',
      },
    ])
    expect(readDesk(db, accountId).document.extras.map(({ name }) => name)).toEqual([
      'Dana Whitfield: slack.id',
      'Dana Whitfield: pagerduty.id',
    ])
    expect(take(db, text).changes).toEqual([])
  })

  test('hours of another zone, or written otherwise, are not taken for theirs', () => {
    const db = aWorkspace(memoryDatabase())
    const result = take(
      db,
      '- name: Dana Whitfield\n  region: AMER\n  working_hours: Mon-Fri 08:00-16:30 Europe/Berlin\n',
    )
    expect(readRoster(db).people.find(({ id }) => id === 2)?.workingHours).toEqual([])
    expect(result.leftOver).toMatchObject([{ name: 'Dana Whitfield: working_hours', line: 3 }])
  })

  test('the people of the sample stay as they are, and it is said', () => {
    const db = aWorkspace(memoryDatabase())
    const result = take(db, text, true, false)
    expect(readRoster(db).people.find(({ id }) => id === 2)).toMatchObject({ region: 'AMER', slackHandle: '@dana' })
    expect(result.leftOver.filter(({ words }) => words.includes('sample')).map(({ name }) => name)).toEqual([
      'Dana Whitfield: region',
      'Dana Whitfield: working_hours',
      'Dana Whitfield: slack.username',
    ])
  })

  test('they are given out as they are taken in', () => {
    const db = aWorkspace(memoryDatabase())
    take(db, text)
    const { text: given, fileName } = give(db, 'support-team')
    expect(fileName).toBe('acme-inc-support-team.yaml')
    expect(given).toContain('working_hours: Mon-Fri 08:00-16:30 America/Los_Angeles')
    expect(take(db, given).changes.filter((words) => !words.includes('focuses'))).toEqual([])
  })
})

describe('fields of the organization', () => {
  const fields = {
    ...{ assigned_se: '2', technical_account_manager: 'leah_brandao', account_owner: 'Owen Pryce', am_project_id: 58 },
    ...{ support_level: 'ultimate', expiration_date: '2027-03-01', org_region: 'AMER' },
  }

  test('name the account team and the licence; the rest is kept or chosen elsewhere', () => {
    const db = aWorkspace(memoryDatabase(), fields)
    const result = importDesk(settingOf(db), { accountId, from: { kind: 'organization-fields' }, apply: true })
    const { document } = readDesk(db, accountId)
    expect(document.contacts.map(({ name, role, side }) => [name, role, side])).toEqual([
      ['Leah Brandao', 'Customer Success Manager', 'internal'],
      ['Owen Pryce', 'Account owner', 'internal'],
    ])
    expect(document.environment).toEqual({ licence: 'ultimate, until 2027-03-01' })
    expect(document.extras.map(({ name }) => name)).toEqual(['org_region'])
    expect(result.leftOver.map(({ name }) => name)).toEqual(['assigned_se', 'am_project_id', 'org_region'])
    expect(give(db, 'organization-fields').text).toContain('account_owner: Owen Pryce')
  })

  test('where there are none it says so', () => {
    const db = aWorkspace(memoryDatabase())
    const from = { kind: 'organization-fields' } as const
    expect(() => importDesk(settingOf(db), { accountId, from, apply: true })).toThrow('Zendesk has no fields filled in')
  })
})

test.each(deskShapes)('nothing of a restricted account is given out as %s', (shape) => {
  const db = aWorkspace(memoryDatabase())
  storeDesk(db, accountId, { document: emptyDesk, restricted: true }, now)
  expect(() => give(db, shape)).toThrow('Acme, Inc. is restricted')
})

test('every text of a desk has a key of its own', () => {
  const db = aWorkspace(memoryDatabase())
  const document = { ...emptyDesk, ...Object.fromEntries(deskTexts.map((field) => [field, field])) }
  storeDesk(db, accountId, { document, restricted: false }, now)
  for (const field of deskTexts) expect(give(db).text).toContain(`: ${field}`)
})
