const markers = /(?:\r?\n){0,2}[ \t]*<!-- understudy [\w-]{1,64} -->[ \t]*(?=\r?\n|$)/g

/**
 * Puts the mark of an order at the end of a Markdown text. It does not show, and what an order made is found again by it when the answer
 * was lost.
 *
 * @param id letters, digits and hyphens.
 */
export function addMarker(text: string, id: string): string {
  return `${text}${text === '' ? '' : '\n\n'}<!-- understudy ${id} -->`
}

/** Whether a text carries the mark of an order, wherever it stands by now. */
export function hasMarker(text: string, id: string): boolean {
  return text.includes(`<!-- understudy ${id} -->`)
}

/** A text without the marks of orders: as it was written, and as people read it. */
export function stripMarkers(text: string): string {
  return text.replace(markers, '')
}

/** Another text in place of the one that stands there; the marks of that one stay. */
export function keepMarkers(text: string, former: string): string {
  const kept = [...former.matchAll(/<!-- understudy ([\w-]{1,64}) -->/g)].flatMap(([, id = '']) =>
    hasMarker(text, id) ? [] : [id],
  )
  return kept.reduce(addMarker, text)
}
