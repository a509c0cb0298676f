import { expect, test } from 'vitest'
import { whoSeesProject, type PlacesOfAccount } from '#core/issues/who-sees-project.ts'

const acme: PlacesOfAccount = { name: 'Acme', places: ['customers/acme'], projectIds: [70] }
const borealis: PlacesOfAccount = { name: 'Borealis', places: ['customers/borealis/collaboration'], projectIds: [] }
const project = { id: 7, path: 'support/coverage', visibility: 'internal' } as const
const seen = (parts: Partial<Parameters<typeof whoSeesProject>[0]>, accounts = [acme, borealis]) =>
  whoSeesProject({ ...project, ...parts }, accounts)

const byAcme = { visible: true, words: 'Everything in this project can be seen by Acme.' }

test('a project below the group of an account is seen by that customer, whatever the casing', () => {
  expect(seen({ path: 'customers/acme/collaboration', visibility: 'private' })).toEqual(byAcme)
  expect(seen({ path: 'Customers/ACME/projects/migration' })).toEqual(byAcme)
})

test('the named project itself is seen, and one beside it whose name only begins alike is not', () => {
  expect(seen({ path: 'customers/borealis/collaboration' }).words).toContain('Borealis')
  expect(seen({ path: 'customers/borealis/collaboration-notes' }).visible).toBe(false)
  expect(seen({ path: 'customers/acme-internal/notes' }).visible).toBe(false)
})

test('a project is known by its id, also where it was named by that or lies elsewhere', () => {
  expect(seen({ id: 70 })).toEqual(byAcme)
  expect(seen({ id: 58_001 }, [{ name: 'Acme', places: ['58001'], projectIds: [] }])).toEqual(byAcme)
})

test('a project of several accounts names them all', () => {
  const others = ['Cormorant', 'Dunlin'].map((name) => ({ ...acme, name }))
  expect(seen({ id: 70 }, [acme, ...others]).words).toBe(
    'Everything in this project can be seen by Acme, Cormorant and Dunlin.',
  )
})

test('a public project is seen by anybody, and any other of no account by colleagues', () => {
  expect(seen({ visibility: 'public' })).toEqual({
    visible: true,
    words: 'Anybody can see it: support/coverage is public.',
  })
  expect(seen({})).toEqual({ visible: false, words: 'Colleagues who may see support/coverage.' })
  expect(seen({ visibility: 'private' }).visible).toBe(false)
})
