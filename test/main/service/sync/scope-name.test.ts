import { expect, test } from 'vitest'
import { scopeName } from '#service/sync/scope-name.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aSighting } from '#test/support/work-values.ts'
import { zendeskSetting } from '#test/support/zendesk-setting.ts'

const accounts = new Map([
  [1, { name: 'Acme', label: 'ASE Work - Acme' }],
  [2, { name: 'Borealis', label: null }],
])
const name = (scope: string) => scopeName(scope, (id) => accounts.get(id))

test('a stream that is kept has the name of the job that reads it', async () => {
  const { jobs, runAll, state, roster } = zendeskSetting({ ticketsOfOrganization: async () => lastPage(aSighting()) })
  const kinds = new Set<string | undefined>()
  const compare = () => {
    for (const job of jobs()) {
      kinds.add(job.scope.split(':')[0])
      expect(scopeName(job.scope, (id) => roster().accounts.find((account) => account.id === id))).toBe(job.name)
    }
  }
  compare()
  await runAll()
  state.slaPath = 'search'
  compare()
  expect([...kinds].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
    ...['assigned-to-me', 'clocks', 'conversations', 'followed-by-me', 'live-tickets', 'look-ups'],
    ...['organization', 'organization-record', 'sweep', 'tickets', 'with-me-on-cc'],
  ])
})

test('issues go by their label, and where that is not known any more by the account', () => {
  expect(name('label:1')).toBe('Issues labelled ASE Work - Acme')
  expect(name('label:2')).toBe('Issues labelled for Borealis')
  expect(name('organization:77')).toBe('Tickets of organization 77')
})

test('epics say by which way they are read, each account its own; nothing else does', () => {
  const ways = new Map([[1, 'by the REST API']])
  const named = (scope: string) =>
    scopeName(
      scope,
      (id) => accounts.get(id),
      (id) => ways.get(id) ?? null,
    )
  expect(named('epics:1')).toBe('Epics labelled ASE Work - Acme, by the REST API')
  expect(named('epics:2')).toBe('Epics labelled for Borealis')
  expect(named('label:1')).toBe('Issues labelled ASE Work - Acme')
})

test('a stream of another version of Understudy is called what it is called', () => {
  expect(name('something:new')).toBe('something:new')
})
