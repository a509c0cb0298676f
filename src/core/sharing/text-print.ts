/**
 * A print of a text for telling whether somebody changed it. Spaces, line ends and ticked boxes make no difference; it is no
 * protection against anybody.
 */
export function textPrint(text: string): string {
  const plain = text
    .replaceAll(/^(\s*[-*+] )\[[xX]\]/gm, '$1[ ]')
    .replaceAll(/\s+/g, ' ')
    .trim()
  let [one, two] = [0xdeadbeef, 0x41c6ce57]
  for (let place = 0; place < plain.length; place += 1) {
    const letter = plain.charCodeAt(place)
    one = Math.imul(one ^ letter, 2_654_435_761)
    two = Math.imul(two ^ letter, 1_597_334_677)
  }
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
