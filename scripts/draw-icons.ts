import type { Pixels } from './encode-png.ts'

/** A point in the icon's own square, 32 units wide, as `icon.svg` of the window has it. */
type Shape = (x: number, y: number) => boolean
type Colour = readonly [red: number, green: number, blue: number, opacity: number]
interface Layer {
  readonly shape: Shape
  /** Undefined cuts out what lies below. */
  readonly colour: Colour | undefined
}

/** An image to be written. */
export interface Icon {
  /** From the project's root. */
  readonly path: string
  readonly pixels: Pixels
}

const white: Colour = [255, 255, 255, 1]
const black: Colour = [0, 0, 0, 1]
const orange: Colour = [0xfc, 0xa3, 0x26, 1]
const violet: Colour = [0x5b, 0x47, 0xa8, 1]

const square = roundedSquare(8)
const letter: Shape = (x, y) => {
  const half = 1.75
  const below = y >= 17 ? Math.abs(Math.hypot(x - 16, y - 17) - 7) <= half : false
  const stems = y >= 8 && y <= 17 && (Math.abs(x - 9) <= half || Math.abs(x - 23) <= half)
  const ends = Math.hypot(x - 9, y - 8) <= half || Math.hypot(x - 23, y - 8) <= half
  return below || stems || ends
}
const dot = disc(16, 9, 3)

/** Each state has a colour and a shape of its own: nobody has to tell colours apart. */
const states = {
  ok: { ground: violet, mark: dot, edge: dot },
  syncing: {
    ground: [0x1f, 0x75, 0xcb, 1],
    mark: anyOf(disc(10, 26.5, 2.6), disc(16, 26.5, 2.6), disc(22, 26.5, 2.6)),
    edge: band(22.5, 32),
  },
  // A bell's clapper would be lost at this size: a round badge in the corner is what people know from everywhere.
  alerts: { ground: violet, mark: disc(24.5, 7.5, 6.5), edge: disc(24.5, 7.5, 8.6) },
  quiet: { ground: [0x3f, 0x3a, 0x5c, 1], mark: crescent(0), edge: crescent(2) },
  offline: { ground: [0x62, 0x61, 0x68, 1], mark: slash(2), edge: slash(4.2) },
  error: { ground: [0xc9, 0x1c, 0x00, 1], mark: triangle(0), edge: triangle(2.6) },
} as const satisfies Record<string, { ground: Colour; mark: Shape; edge: Shape }>

/** Every image of the desktop app: the app's own, and the tray's for each state, coloured and as macOS templates. */
export function drawIcons(): readonly Icon[] {
  const app = [
    { shape: square, colour: violet },
    { shape: letter, colour: white },
    { shape: dot, colour: orange },
  ]
  // macOS wants air around an app's icon, and every other place bears it.
  const icons: Icon[] = [{ path: 'resources/icon.png', pixels: draw(1024, app, 0.82) }]
  for (const [state, { ground, mark, edge }] of Object.entries(states)) {
    const markColour = state === 'ok' || state === 'alerts' ? orange : white
    const coloured = [
      { shape: roundedSquare(7), colour: ground },
      { shape: letter, colour: white },
      { shape: edge, colour: ground },
      { shape: mark, colour: markColour },
      { shape: (x: number, y: number) => !roundedSquare(7)(x, y), colour: undefined },
    ]
    const template = [
      { shape: letter, colour: black },
      { shape: edge, colour: undefined },
      { shape: mark, colour: black },
    ]
    for (const [suffix, size] of [
      ['', 16],
      ['@2x', 32],
    ] as const) {
      icons.push({ path: `resources/tray/${state}${suffix}.png`, pixels: draw(size, coloured, 1) })
      icons.push({ path: `resources/tray/${state}Template${suffix}.png`, pixels: draw(size, template, 1) })
    }
  }
  return icons
}

/** Samples of a pixel along each side, for soft edges. */
const samples = 4

function draw(size: number, layers: readonly Layer[], scale: number): Pixels {
  const rgba = new Uint8Array(size * size * 4)
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    const x = pixel % size
    const y = Math.floor(pixel / size)
    rgba.set(colourOf(x, y, size, layers, scale), pixel * 4)
  }
  return { width: size, height: size, rgba }
}

function colourOf(x: number, y: number, size: number, layers: readonly Layer[], scale: number): number[] {
  const sum = [0, 0, 0]
  let opaque = 0
  for (let sample = 0; sample < samples * samples; sample += 1) {
    const u = place(x + ((sample % samples) + 0.5) / samples, size, scale)
    const v = place(y + (Math.floor(sample / samples) + 0.5) / samples, size, scale)
    const top = layers.findLast((layer) => layer.shape(u, v))?.colour
    if (!top) continue
    opaque += top[3]
    for (const channel of [0, 1, 2] as const) sum[channel] = (sum[channel] ?? 0) + top[channel]
  }
  if (opaque === 0) return [0, 0, 0, 0]
  return [...sum.map((channel) => Math.round(channel / opaque)), Math.round((opaque / samples ** 2) * 255)]
}

function place(pixel: number, size: number, scale: number): number {
  return 16 + ((pixel / size) * 32 - 16) / scale
}

function roundedSquare(radius: number): Shape {
  return (x, y) => {
    const dx = Math.max(Math.abs(x - 16) - (16 - radius), 0)
    const dy = Math.max(Math.abs(y - 16) - (16 - radius), 0)
    return Math.hypot(dx, dy) <= radius
  }
}

function disc(centreX: number, centreY: number, radius: number): Shape {
  return (x, y) => Math.hypot(x - centreX, y - centreY) <= radius
}

function band(from: number, to: number): Shape {
  return (_x, y) => y >= from && y <= to
}

function slash(half: number): Shape {
  return (x, y) => Math.abs(x - y) / Math.SQRT2 <= half && x >= 3 && x <= 29
}

/** A warning triangle in the lower right corner with an exclamation mark's gap, or, grown, the room around it. */
function triangle(grown: number): Shape {
  return (x, y) => {
    const bottom = 30 + grown
    const top = 13 - grown * 1.6
    if (y < top || y > bottom) return false
    const half = ((y - top) / (bottom - top)) * (9.5 + grown)
    const gap = grown === 0 && Math.abs(x - 21.5) <= 1.2 && ((y >= 19 && y <= 24) || (y >= 26 && y <= 28.2))
    return Math.abs(x - 21.5) <= half && !gap
  }
}

/** A moon in the lower right corner, or, grown, the room around it. */
function crescent(grown: number): Shape {
  const moon = disc(23, 23, 8 + grown)
  const shadow = disc(27, 19.5, 7 - grown)
  return (x, y) => moon(x, y) && (grown > 0 || !shadow(x, y))
}

function anyOf(...shapes: readonly Shape[]): Shape {
  return (x, y) => shapes.some((shape) => shape(x, y))
}
