import { describe, expect, test } from 'vitest'
import { failuresIn, gates, tallyOf } from '#scripts/gates.mjs'
import { projectText } from '#test/support/project-sources.ts'

describe('counting a report of vitest', () => {
  test('adds up tests that passed, failed and did not run', () => {
    const report = reportOf(
      { status: 'failed', tests: ['passed', 'failed', 'passed'] },
      { status: 'passed', tests: ['passed', 'skipped'] },
    )
    expect(tallyOf(report, 1)).toEqual({ passed: 3, failed: 1, notRun: 1 })
  })

  test('counts a file that did not load as failed', () => {
    expect(
      tallyOf(reportOf({ status: 'failed', tests: [] }, { status: 'passed', tests: ['passed'] }), 1),
    ).toMatchObject({ passed: 1, failed: 1 })
  })

  test('counts a project without tests as failed', () => {
    expect(tallyOf(reportOf(), 0)).toMatchObject({ passed: 0, failed: 1 })
    expect(tallyOf(reportOf({ status: 'passed', tests: ['skipped'] }), 0)).toMatchObject({ passed: 0, failed: 1 })
  })

  test('counts an error outside of every test', () => {
    expect(tallyOf(reportOf({ status: 'passed', tests: ['passed'] }), 1)).toMatchObject({ passed: 1, failed: 1 })
  })

  test('counts a run that wrote no report as failed', () => {
    expect(tallyOf(undefined, 137)).toEqual({ passed: 0, failed: 1, notRun: 0 })
  })
})

test('of a failed gate is shown what failed, not what passed before it', () => {
  const passed = ' \u001b[32m✓\u001b[39m a.test.ts (90 tests) Failed Tests of others\n'.repeat(100)
  const failed =
    '\u001b[31m⎯⎯⎯\u001b[39m\u001b[41m Failed Tests 1 \u001b[49m\u001b[31m⎯⎯⎯\u001b[39m\n FAIL a.test.ts > x\n'
  expect(failuresIn(`${passed}\n${failed}`)).toBe(failed)
  expect(failuresIn('src/a.ts:1:1 a fault')).toBe('src/a.ts:1:1 a fault')
})

test('every gate is a script of package.json, so that it can be run alone', () => {
  const { scripts } = JSON.parse(projectText('package.json')) as { scripts: Record<string, string> }
  expect(gates.filter((gate) => !scripts[gate.script])).toEqual([])
})

function reportOf(...files: { status: string; tests: string[] }[]): unknown {
  return {
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((one) => ({ status: one })),
    })),
  }
}
