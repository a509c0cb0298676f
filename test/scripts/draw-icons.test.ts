import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { drawIcons } from '#scripts/draw-icons.ts'
import { decodePng } from '#scripts/encode-png.ts'

const icons = drawIcons()
const stored = (path: string) => decodePng(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url))))

test('the images in resources/ are the ones that are drawn', () => {
  expect(icons.length).toBe(25)
  for (const { path, pixels } of icons) {
    const { width, height, rgba } = stored(path)
    expect({ path, width, height, same: Buffer.compare(rgba, pixels.rgba) }).toEqual({
      path,
      width: pixels.width,
      height: pixels.height,
      same: 0,
    })
  }
})

test('the app’s icon is large enough for every package, and see-through at its corners', () => {
  const { width, height, rgba } = stored('resources/icon.png')
  expect([width, height]).toEqual([1024, 1024])
  expect(rgba[3]).toBe(0)
})

test('macOS templates have no colour, and no two states have the same shape', () => {
  const templates = icons.filter(({ path }) => path.endsWith('Template@2x.png'))
  expect(templates).toHaveLength(6)
  for (const { pixels } of templates) {
    expect(pixels.rgba.filter((_, index) => index % 4 !== 3).every((channel) => channel === 0)).toBe(true)
  }
  expect(new Set(templates.map(({ pixels }) => Buffer.from(pixels.rgba).toString('hex'))).size).toBe(6)
})
