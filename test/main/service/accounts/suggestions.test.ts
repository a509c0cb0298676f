import { describe, expect, test } from 'vitest'
import { suggestionsOf } from '#service/accounts/suggestions.ts'
import type { ZendeskOrganization } from '#service/zendesk/zendesk-api.ts'

const anOrganization = (parts: Partial<ZendeskOrganization>): ZendeskOrganization => ({
  id: 42,
  name: 'Acme, Inc.',
  notes: null,
  tags: [],
  updatedAt: 0,
  fields: {},
  ...parts,
})

test('fields suggest what they are named for', () => {
  const fields = { assigned_se: '360900000102', am_project_id: 815, org_region: 'EMEA', support_level: 'ultimate' }
  expect(suggestionsOf(anOrganization({ fields }))).toEqual({
    ase: '360900000102',
    label: 'ASE Work - Acme Inc.',
    gitlabProject: '815',
    region: 'EMEA',
    supportLevel: 'ultimate',
  })
})

test('nothing is suggested from nothing: an empty record, a number of none, a box that is not ticked', () => {
  const nothing = { ase: null, gitlabProject: null, region: null, supportLevel: null }
  expect(suggestionsOf(anOrganization({}))).toMatchObject(nothing)
  expect(suggestionsOf(anOrganization({ fields: { assigned_se: false, am_project_id: 0 } }))).toMatchObject(nothing)
})

describe('the note', () => {
  const project = 'https://gitlab.com/gitlab-com/account-management/emea/acme'
  test.each([
    ['**ASE:** Dana Whitfield (@dwhitfield), region AMER, working hours 8-17.', 'Dana Whitfield', 'AMER'],
    ['The ASE is Inés Ortega. She works in region: emea', 'Inés Ortega', 'EMEA'],
    ['# Notes\n- Assigned Support Engineer: Mary-Ann O’Neil', 'Mary-Ann O’Neil', null],
    ['**ASE unavailable:** when a ticket will breach, answer it.', null, null],
    ['Ask the ASE. Dana Whitfield is another person.', null, null],
  ])('%s', (notes, ase, region) => {
    expect(suggestionsOf(anOrganization({ notes }))).toMatchObject({ ase, region })
  })

  test.each([
    [`Project: ${project}/collaboration/-/issues?x=1.`, 'gitlab-com/account-management/emea/acme/collaboration'],
    [`[project](${project})`, 'gitlab-com/account-management/emea/acme'],
    ['https://docs.gitlab.com/ee/', null],
  ])('may link to the project: %s', (notes, gitlabProject) => {
    expect(suggestionsOf(anOrganization({ notes }))).toMatchObject({ gitlabProject })
  })

  test('counts only where no field says it', () => {
    const notes = '**ASE:** Dana Whitfield, region AMER'
    const fields = { assigned_se: 'Inés Ortega', org_region: 'EMEA' }
    expect(suggestionsOf(anOrganization({ notes, fields }))).toMatchObject({ ase: 'Inés Ortega', region: 'EMEA' })
  })
})
