import { expect, test } from 'vitest'
import { createSettingsCarrier } from '#main/desktop/carry-out-settings.ts'

function carrierOnStandIns(refuses: { keys?: string; login?: boolean } = {}) {
  const now = { keys: null as string | null, login: false, refreshed: 0 }
  const carrier = createSettingsCarrier(
    {
      set(keys) {
        if (keys !== null && keys === refuses.keys) return `${keys} is taken.`
        now.keys = keys
        return null
      },
    },
    {
      set(on) {
        if (refuses.login) return 'Not installed.'
        now.login = on
        return null
      },
      refresh: () => void (now.refreshed += 1),
    },
  )
  return { carrier, now }
}

test('what was chosen before holds from the start, without switching the start with the computer on again', () => {
  const { carrier, now } = carrierOnStandIns()
  expect(carrier.begin({ openShortcut: 'Alt+U', startAtLogin: true })).toBeNull()
  expect(now).toEqual({ keys: 'Alt+U', login: false, refreshed: 1 })
})

test('changes are carried out, and what is not named stays', () => {
  const { carrier, now } = carrierOnStandIns()
  carrier.begin({ openShortcut: 'Alt+U', startAtLogin: false })
  expect(carrier.carryOut({ startAtLogin: true })).toBeNull()
  expect(carrier.carryOut({})).toBeNull()
  expect(now).toMatchObject({ keys: 'Alt+U', login: true })
  expect(carrier.carryOut({ openShortcut: null })).toBeNull()
  expect(now).toMatchObject({ keys: null, login: true })
})

test('a refusal names the setting, and nothing has changed', () => {
  const taken = carrierOnStandIns({ keys: 'Alt+T' })
  taken.carrier.begin({ openShortcut: 'Alt+U', startAtLogin: false })
  expect(taken.carrier.carryOut({ openShortcut: 'Alt+T', startAtLogin: true })).toEqual({
    setting: 'openShortcut',
    words: 'Alt+T is taken.',
  })
  expect(taken.now).toMatchObject({ keys: 'Alt+U', login: false })
  const dev = carrierOnStandIns({ login: true })
  dev.carrier.begin({ openShortcut: 'Alt+U', startAtLogin: false })
  expect(dev.carrier.carryOut({ openShortcut: 'Alt+V', startAtLogin: true })).toMatchObject({ setting: 'startAtLogin' })
  expect(dev.now).toMatchObject({ keys: 'Alt+U', login: false })
})

test('keys that were taken before the start keep no other setting from being changed', () => {
  const { carrier, now } = carrierOnStandIns({ keys: 'Alt+T' })
  expect(carrier.begin({ openShortcut: 'Alt+T', startAtLogin: false })).toBe('Alt+T is taken.')
  expect(carrier.carryOut({ startAtLogin: true })).toBeNull()
  expect(now).toMatchObject({ keys: null, login: true })
})
