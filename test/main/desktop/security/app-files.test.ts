import { describe, expect, test } from 'vitest'
import { resolveAppFile } from '#main/desktop/security/app-files.ts'

const root = '/app/out/renderer'
const get = (url: string) => resolveAppFile({ method: 'GET', url }, root)

test('the page and its files are found, each with its type', () => {
  expect(get('app://understudy/')).toEqual({
    kind: 'file',
    path: `${root}/index.html`,
    type: 'text/html; charset=utf-8',
  })
  expect(get('app://understudy/index.html#/today')).toMatchObject({ path: `${root}/index.html` })
  expect(get('app://understudy/assets/index-1.js?v=1')).toMatchObject({
    path: `${root}/assets/index-1.js`,
    type: 'text/javascript; charset=utf-8',
  })
  expect(get('app://understudy/assets/a%20b.css')).toMatchObject({
    path: `${root}/assets/a b.css`,
    type: 'text/css; charset=utf-8',
  })
  expect(get('app://understudy/ICON.SVG')).toMatchObject({ type: 'image/svg+xml' })
})

describe('a request is refused', () => {
  test.each(['POST', 'HEAD', 'PUT', 'OPTIONS', 'get'])('with the method %s', (method) => {
    expect(resolveAppFile({ method, url: 'app://understudy/' }, root)).toEqual({ kind: 'refused', status: 405 })
  })

  test.each(['app://evil/index.html', 'app://understudy.evil/', 'https://understudy/', 'file:///etc/passwd'])(
    'at another place: %s',
    (url) => {
      expect(get(url)).toEqual({ kind: 'refused', status: 403 })
    },
  )

  test.each([
    'app://understudy/..%2f..%2fpackage.json',
    'app://understudy/%2e%2e%2fmain%2findex.js',
    'app://understudy/assets/..%2f..%2f..%2fx.js',
    'app://understudy/..%2frenderer-old%2findex.html',
    'app://understudy/..%2frenderer',
    'app://understudy/assets%2f..',
  ])('for a path that leaves the folder: %s', (url) => {
    expect(get(url)).toEqual({ kind: 'refused', status: 403 })
  })

  test.each([
    'app://understudy/index.html%00.png',
    'app://understudy/..%5c..%5cpackage.json',
    'app://understudy/C:%5cWindows%5cx.png',
    'app://understudy/%zz',
    'app://understudy/%c0%ae%c0%ae/x.js',
  ])('for a path that is none: %s', (url) => {
    expect(get(url)).toEqual({ kind: 'refused', status: 400 })
  })

  test('for a type that the window does not have', () => {
    expect(get('app://understudy/assets/index.js.map')).toEqual({ kind: 'refused', status: 404 })
    expect(get('app://understudy/assets')).toEqual({ kind: 'refused', status: 404 })
  })
})
