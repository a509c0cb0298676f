import { describe, expect, test } from 'vitest'
import { strangerCorpus } from '../../support/stranger-corpus.ts'
import { httpsAddress, sanitiseHtml } from '#renderer/features/today/sanitise-html.ts'

/** What the service sends with the page, as far as a page can set it by itself. */
const policy =
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; ` +
  `connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`
const harmless = new Set([
  'href',
  'title',
  'alt',
  'dir',
  'lang',
  'colspan',
  'rowspan',
  'start',
  'data-address',
  'role',
  'tabindex',
])
const forbidden =
  'script, style, iframe, form, input, button, img, svg, math, object, embed, link, meta, base, video, source, template'

describe('messages from strangers', () => {
  test.each(strangerCorpus)('%s leaves nothing that runs, styles, submits or fetches', (html) => {
    const holder = document.createElement('div')
    holder.append(sanitiseHtml(html))
    document.body.append(holder)
    expect(holder.querySelectorAll(forbidden)).toHaveLength(0)
    for (const element of holder.querySelectorAll('*')) {
      for (const { name } of element.attributes) expect(harmless, `${name} of ${element.localName}`).toContain(name)
      expect(element.getAttribute('href')).toBeNull()
      const address = element.getAttribute('data-address')
      if (address !== null) expect(httpsAddress(address)).toBe(address)
      if (address === null) expect(element.getAttribute('role')).toBeNull()
    }
    expect('pwned' in window).toBe(false)
    holder.remove()
  })

  test('give the page nothing to report to its content security policy', async () => {
    const frame = document.createElement('iframe')
    const entry = new URL('../../support/policed-page.ts', import.meta.url).href
    frame.srcdoc = `<head><meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="${entry}"></script>`
    const report = new Promise((resolve) => {
      window.addEventListener('message', (message) => {
        if (message.source === frame.contentWindow) resolve(message.data)
      })
    })
    document.body.append(frame)
    expect(await report).toEqual({ sanitised: strangerCorpus.length, reports: ['style-src-attr', 'img-src'] })
    frame.remove()
  })

  test('keep their words and their shape', () => {
    const holder = document.createElement('div')
    holder.append(sanitiseHtml('<p>Set <code>a style = "b"</code> and on = off</p><ul><li>one</li></ul>'))
    expect(holder.textContent).toBe('Set a style = "b" and on = offone')
    expect(holder.querySelector('ul > li')?.textContent).toBe('one')
  })

  test('show links as their words, with the true address to see and to open', () => {
    const holder = document.createElement('div')
    holder.append(sanitiseHtml('<a href="https://evil.example/login">https://gitlab.com/login</a>'))
    const link = holder.querySelector('[role=link]')
    expect(link?.textContent).toBe('https://gitlab.com/login')
    expect(link?.getAttribute('title')).toBe('https://evil.example/login')
  })

  test('show images as links that say what they are', () => {
    const holder = document.createElement('div')
    holder.append(sanitiseHtml('<img src="https://files.example/a/log.png"><img src="cid:1" alt="logo">'))
    expect(holder.textContent).toBe('Image: log.png (opens outside)Image: logo (cannot be shown)')
  })

  test('of any length are gone through in one go', () => {
    const holder = document.createElement('div')
    holder.append(sanitiseHtml('<a'.repeat(30_000)))
    holder.append(sanitiseHtml('<style'.repeat(10_000)))
    expect(holder.querySelectorAll('style')).toHaveLength(0)
  })
})

test.each([
  ['https://gitlab.com/a?b=c', 'https://gitlab.com/a?b=c'],
  ['HTTPS://GITLAB.COM/A', 'https://gitlab.com/A'],
  ['http://gitlab.com/', undefined],
  ['https://user@gitlab.com/', undefined],
  ['javascript:alert(1)', undefined],
  ['/relative', undefined],
  [`https://gitlab.com/${'a'.repeat(5000)}`, undefined],
  [null, undefined],
])('the address %s is opened as %s', (address, opened) => {
  expect(httpsAddress(address)).toBe(opened)
})
