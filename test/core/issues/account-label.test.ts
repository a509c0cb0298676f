import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountLabel, chooseLabel } from '#core/issues/account-label.ts'

test('a label has no commas, and no spaces it could be mistyped for', () => {
  expect(accountLabel('Acme, Inc.,  Berlin ')).toBe('ASE Work - Acme Inc. Berlin')
  const anyName = fc.string().filter((name) => /[^,\s]/.test(name))
  fc.assert(
    fc.property(anyName, (name) => {
      expect(accountLabel(name)).not.toMatch(/,|\s\s|\s$/)
    }),
  )
})

test.each<[string, string | null, string[], string, string]>([
  ['the account’s label as the project has it', 'ASE Work - Acme', ['ASE Work - Acme'], 'ASE Work - Acme', 'account'],
  ['the account’s label where the project has none', 'ASE Work - Acme', [], 'ASE Work - Acme', 'account'],
  ['the casing of the project', 'ASE Work - Acme', ['ase work - ACME'], 'ase work - ACME', 'casing'],
  [
    'the very same one of two casings',
    'ASE Work - Acme',
    ['ase work - acme', 'ASE Work - Acme'],
    'ASE Work - Acme',
    'account',
  ],
  ['no comma, which GitLab does not take', 'ASE Work - Acme, Inc', [], 'ASE Work - Acme Inc', 'casing'],
  ['spaces as the account has them', 'ASE  Work', ['ASE  Work'], 'ASE  Work', 'account'],
  ['the suggested name', null, ['bug'], 'ASE Work - Acme Inc', 'suggested'],
  ['the suggested name in the casing of the project', null, ['ASE work - acme inc'], 'ASE work - acme inc', 'project'],
  ['the only label of this kind', null, ['bug', 'ASE Work - ACME'], 'ASE Work - ACME', 'project'],
  ['none of several labels of this kind', null, ['ASE Work - A', 'ASE Work - B'], 'ASE Work - Acme Inc', 'suggested'],
])('%s is chosen', (_, own, existing, name, because) => {
  expect(chooseLabel('Acme, Inc', own, existing)).toEqual({ name, because })
})

test('a project never gets a second casing of a label', () => {
  const casing = fc.tuple(fc.string({ minLength: 1 }), fc.array(fc.boolean())).map(([name, upper]) => {
    const label = accountLabel(name)
    const other = Array.from(label)
      .map((letter, index) => (upper[index] ? letter.toUpperCase() : letter.toLowerCase()))
      .join('')
    return { name, label, other }
  })
  fc.assert(
    fc.property(casing, fc.boolean(), ({ name, label, other }, has) => {
      // Some letters have no casing that leads back; GitLab takes those for another label, too.
      fc.pre(other.toLowerCase() === label.toLowerCase())
      // No account is called by spaces and commas alone.
      fc.pre(label === label.trim())
      expect(chooseLabel(name, has ? label : null, [other]).name).toBe(other)
    }),
  )
})
