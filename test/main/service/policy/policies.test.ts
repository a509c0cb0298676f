import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '#scripts/project.mjs'
import { policyChoice, settingsSchema } from '#contract/settings.ts'
import { openPolicies } from '#service/policy/policies.ts'
import { createSettings } from '#service/settings/settings.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const shipped = join(projectRoot, 'resources', 'policies')
const policies = openPolicies()

/** A copy of the folder that ships, to spoil. */
function aFolder(spoil: (folder: string) => void = () => undefined): string {
  const folder = temporaryFolder()
  cpSync(shipped, folder, { recursive: true })
  spoil(folder)
  return folder
}

describe('the policies that ship', () => {
  test('are the files of their folder, oldest first, found by their version', () => {
    const versions = policies.all.map((policy) => policy.version)
    expect(versions).toEqual(['2025-04', '2026-08'])
    expect(readdirSync(shipped).toSorted()).toEqual(versions.map((version) => `${version}.json`))
    for (const policy of policies.all) expect(policies.of(policy.version)).toBe(policy)
    expect(policies.has('2026-08')).toBe(true)
  })

  test('are not taken for one that is not there', () => {
    expect(policies.has('1999-01')).toBe(false)
    expect(() => policies.of('1999-01')).toThrow('1999-01')
    expect(policies.advice).toBe('choose 2025-04 or 2026-08')
  })

  test('have the values of their edition', () => {
    expect(policies.of('2025-04')).toMatchObject({
      covering: { reductionPerAccount: 0.25 },
      onCall: { swapFromAccounts: 2 },
      baseline: { cleanWeeks: 8, workingDays: [1, 2, 3, 4, 5] },
      contributing: { notAssignedToAse: 'like-assigned' },
      planning: { findCoverDays: 14, reviewDays: 7 },
      pods: null,
    })
    expect(policies.of('2026-08')).toMatchObject({
      covering: { reductionPerAccount: 0.25 },
      onCall: { swapFromAccounts: 2 },
      contributing: { notAssignedToAse: 'org-note' },
      planning: { findCoverDays: 14, reviewDays: 7 },
      pods: {
        region: 'AMER',
        coordinateFrom: 1,
        postFrom: 2,
        askManagerFrom: 3,
        volunteerHours: { planned: 48, emergency: 4 },
      },
    })
  })

  test('can be chosen from, with what the others say otherwise than the standard one', () => {
    const [first, second] = policies.choices().map((choice) => policyChoice.parse(choice))
    expect(first).toEqual({
      version: '2025-04',
      title: 'Handbook of April 2025',
      standard: true,
      differences: [],
      podRegion: null,
    })
    expect(second).toMatchObject({ version: '2026-08', standard: false })
    expect(second?.differences.join(' ')).toContain('Coverage pods in AMER')
  })
})

describe('the setting', () => {
  const settingsWith = (stored: Record<string, unknown>) => {
    const said: string[] = []
    const file = { read: () => stored, write: () => undefined }
    const settings = createSettings({ file, schema: policies.settingsSchema, report: (words) => void said.push(words) })
    return { version: settings.get().policyVersion, said }
  }

  test('chooses a policy, and is the standard one where nothing was chosen', () => {
    expect(settingsWith({ policyVersion: '2026-08' })).toEqual({ version: '2026-08', said: [] })
    expect(settingsWith({})).toEqual({ version: settingsSchema.parse({}).policyVersion, said: [] })
  })

  test('of a policy that is not there is reported, and the standard one is in force', () => {
    expect(settingsWith({ policyVersion: '2031-01' })).toEqual({
      version: '2025-04',
      said: [expect.stringMatching(/policyVersion.*no such rules.*choose 2025-04 or 2026-08/)],
    })
  })
})

describe('a folder of policies', () => {
  test('has one more to choose when a file is put there', () => {
    const folder = aFolder((at) => {
      const next = { ...policies.of('2026-08'), version: '2027-02', title: 'Handbook of February 2027' }
      writeFileSync(join(at, '2027-02.json'), JSON.stringify(next))
      writeFileSync(join(at, 'README.md'), 'Not a policy.')
    })
    const opened = openPolicies(folder)
    expect(opened.choices().map(({ version }) => version)).toEqual(['2025-04', '2026-08', '2027-02'])
    expect(opened.settingsSchema.parse({ policyVersion: '2027-02' }).policyVersion).toBe('2027-02')
  })

  test('with a file that cannot be used is refused whole, naming the file', () => {
    const spoilt = aFolder((at) => writeFileSync(join(at, '2026-08.json'), '{}'))
    expect(() => openPolicies(spoilt)).toThrow('2026-08.json, line 1: ')
  })

  test('without the standard one is refused', () => {
    const without = aFolder((at) => rmSync(join(at, '2025-04.json')))
    expect(() => openPolicies(without)).toThrow('2025-04.json: is missing')
    const renamed = aFolder((at) => renameSync(join(at, '2025-04.json'), join(at, 'old.json')))
    expect(() => openPolicies(renamed)).toThrow('old.json, line 2: version: is 2025-04')
  })
})
