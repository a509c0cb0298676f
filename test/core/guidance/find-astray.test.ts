import { describe, expect, test } from 'vitest'
import { findAstray, type RecordedChange } from '#core/guidance/find-astray.ts'

const ids = { aseId: 12, meId: 11 }
const assigned = (from: number | null, to: number | null, at = 1): RecordedChange => ({
  at,
  changes: { assignee_id: { from, to } },
})
const cc = (from: readonly number[], to: readonly number[], at = 2): RecordedChange => ({
  at,
  changes: { cc_ids: { from: JSON.stringify(from), to: JSON.stringify(to) } },
})
const fine = { assigneeId: 12, ccIds: [11] }

describe('a covered ticket', () => {
  test('that is the ASE’s with me on Cc is fine, whatever happened in between', () => {
    expect(findAstray(fine, [assigned(12, 99), assigned(99, 12), cc([11], []), cc([], [11])], ids)).toEqual([])
  })

  test('that was taken from its ASE went astray, to somebody or to nobody', () => {
    expect(findAstray({ ...fine, assigneeId: 99 }, [assigned(12, 99)], ids)).toEqual([{ lost: 'assignee', at: 1 }])
    expect(findAstray({ ...fine, assigneeId: null }, [assigned(12, 99), assigned(99, null, 5)], ids)).toEqual([
      { lost: 'assignee', at: 1 },
    ])
  })

  test('that was somebody else’s from the beginning is so on purpose', () => {
    expect(findAstray({ ...fine, assigneeId: 99 }, [], ids)).toEqual([])
    expect(findAstray({ ...fine, assigneeId: 99 }, [assigned(null, 99)], ids)).toEqual([])
  })

  test('whose Cc lost me went astray, and one that never had me did not', () => {
    expect(findAstray({ ...fine, ccIds: [7] }, [cc([11, 7], [7])], ids)).toEqual([{ lost: 'cc', at: 2 }])
    expect(findAstray({ ...fine, ccIds: [7] }, [cc([8], [7])], ids)).toEqual([])
  })

  test('can lose both', () => {
    expect(findAstray({ assigneeId: 99, ccIds: [] }, [cc([11], []), assigned(12, 99)], ids)).toHaveLength(2)
  })
})
