import DOMPurify from 'dompurify'

const allowedTags = (
  'a b strong i em u s del ins sub sup mark small code pre kbd samp p div span br hr blockquote ul ol li dl dt dd ' +
  'details summary img h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr th td caption'
).split(' ')
const allowedAttributes = ['href', 'title', 'alt', 'dir', 'lang', 'colspan', 'rowspan', 'start', 'data-address']
/** Elements that go together with everything in them. */
const swallowed =
  /<(style|script|iframe|object|embed|noscript|template|svg|math|title|textarea|xmp)\b[\s\S]*?(?:<\/\1\s*>|$)/gi
/** Elements without content that only a page's head should have. */
const headOnly = /<\/?(?:base|link|meta)\b[^<>]*>/gi
const longestAddress = 4096

/**
 * Turns a message written by strangers into nodes that are safe to show. Links and images become elements with `data-address`
 * (https only, else their text stays), to be opened outside on a click; nothing is ever fetched from here.
 */
export function sanitiseHtml(html: string): DocumentFragment {
  // SECURITY: an allow-list of tags and attributes; the fragment never becomes text again, so nothing is parsed twice.
  const fragment = DOMPurify.sanitize(disarm(html), {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  })
  for (const element of fragment.querySelectorAll('[data-address]:not(img)')) element.removeAttribute('data-address')
  for (const link of fragment.querySelectorAll('a')) replaceLink(link)
  for (const image of fragment.querySelectorAll('img')) replaceImage(image)
  return fragment
}

/** The address as it would be opened, or `undefined` for anything but plain https. */
export function httpsAddress(address: string | null): string | undefined {
  if (!address || !URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' || url.username || url.password || url.href.length > longestAddress) return undefined
  return url.href
}

/**
 * Takes out, as text, what the parser would report to the content security policy while DOMPurify still looks at it, and
 * keeps images from being asked for. This only spares reports: DOMPurify decides what is safe, and comes after.
 */
function disarm(html: string): string {
  return html
    .replace(swallowed, '')
    .replace(headOnly, '')
    .replace(/<[a-z][^<>]*>/gi, (tag) =>
      tag
        .replace(/([\s"'/])(?:on[a-z]+|style|srcset|background|poster|data-address)(?=\s*=)/gi, '$1data-dropped')
        .replace(/([\s"'/])src(?=\s*=)/gi, '$1data-address'),
    )
}

function replaceLink(link: HTMLAnchorElement): void {
  const address = httpsAddress(link.getAttribute('href'))
  if (address === undefined) return link.replaceWith(...link.childNodes)
  link.removeAttribute('href')
  makeOpenable(link, address)
}

function replaceImage(image: HTMLImageElement): void {
  const address = httpsAddress(image.getAttribute('data-address'))
  const name = image.getAttribute('alt')?.trim() || (address && new URL(address).pathname.split('/').at(-1)) || 'image'
  const stand = document.createElement(address ? 'a' : 'span')
  stand.textContent = address ? `Image: ${name} (opens outside)` : `Image: ${name} (cannot be shown)`
  if (address) makeOpenable(stand, address)
  image.replaceWith(stand)
}

function makeOpenable(element: HTMLElement, address: string): void {
  element.dataset['address'] = address
  element.setAttribute('role', 'link')
  element.tabIndex = 0
  // Says where a link really leads, whatever its words claim.
  element.title = address
}
