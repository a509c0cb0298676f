import { describe, expect, test } from 'vitest'
import source from '#renderer/styles/tokens.css?raw'

/** WCAG 2.2 AA: text 4.5 to 1, signs and borders of controls 3 to 1. */
const onSurfaces = ['surface', 'surface-sunken', 'surface-raised', 'surface-hover', 'surface-selected']
const text: readonly (readonly [string, readonly string[]])[] = [
  ['text', [...onSurfaces, 'note-surface', 'danger-surface']],
  ['text-soft', [...onSurfaces, 'note-surface']],
  ['link', [...onSurfaces, 'note-surface']],
  ['accent', ['surface', 'surface-raised']],
  ['danger', [...onSurfaces, 'danger-surface']],
  ['warning', [...onSurfaces, 'warning-surface', 'note-surface']],
  ['caution', [...onSurfaces, 'caution-surface']],
  ['success', ['surface', 'surface-raised', 'success-surface']],
  ['info', ['surface', 'surface-sunken', 'info-surface']],
  ['on-accent', ['accent']],
]
const signs: readonly (readonly [string, readonly string[]])[] = [
  ['focus', onSurfaces],
  ['line-strong', ['surface', 'surface-raised', 'surface-sunken', 'note-surface']],
  ['accent', ['surface', 'surface-sunken', 'surface-selected']],
]

const tokens = new Map(
  [...source.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map((found) => [
    found[1],
    { light: found[2] ?? '', dark: found[3] ?? '' },
  ]),
)

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(text)('%s can be read on every surface it stands on', (name, grounds) => {
    for (const ground of grounds) {
      expect(contrast(theme, name, ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test.each(signs)('%s can be made out on every surface it stands on', (name, grounds) => {
    for (const ground of grounds) {
      expect(contrast(theme, name, ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(3)
    }
  })
})

function contrast(theme: 'light' | 'dark', name: string, ground: string): number {
  const [a, b] = [luminance(tokens.get(name)?.[theme]), luminance(tokens.get(ground)?.[theme])]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(colour: string | undefined): number {
  if (colour === undefined) throw new Error('There is no such token')
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
