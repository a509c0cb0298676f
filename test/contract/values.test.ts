import { expect, test } from 'vitest'
import { instantMs, timeZone, zendeskId } from '#contract/values.ts'

test('a time zone is one that this runtime knows', () => {
  for (const zone of ['Europe/Berlin', 'UTC', 'Australia/Lord_Howe']) expect(timeZone.parse(zone)).toBe(zone)
  for (const zone of ['Europe/Berlim', '', 'Mars/Base', 'Berlin']) {
    expect(timeZone.safeParse(zone).error?.issues[0]?.message).toBe('is not a time zone; write one like Europe/Berlin')
  }
})

test('ids are positive whole numbers that a double holds exactly, instants whole milliseconds', () => {
  expect(zendeskId.safeParse(360_000_000_000_001).success).toBe(true)
  for (const id of [0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1, '12', null]) {
    expect(zendeskId.safeParse(id).success).toBe(false)
  }
  for (const instant of [1.5, Number.NaN, '2026-11-18']) expect(instantMs.safeParse(instant).success).toBe(false)
})
