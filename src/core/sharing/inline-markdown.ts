/** Text from people as one line of Markdown in which nothing is taken for Markdown or HTML. */
export function inlineMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|#~&@!]/g, '\\$&')
    .replaceAll(/\\([<&])/g, (_, sign) => (sign === '<' ? '&lt;' : '&amp;'))
}
