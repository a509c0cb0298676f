import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchNote } from '#core/outbox/match-note.ts'

const text = (plain: string) => ({ text: plain, html: '' })
const html = (rich: string) => ({ text: '', html: rich })

describe('a note is recognised', () => {
  test.each([
    ['in plain words', 'No disk left.', text('No disk left.')],
    ['with other white space', 'No disk\n\nleft.', text('No  disk left.\n')],
    ['without the marks of Markdown', '**No** `disk` left', text('No disk left')],
    ['as HTML', 'a < b & "c"\n\nd', html('<p dir="auto">a &lt; b &amp; &quot;c&quot;</p><p>d</p>')],
    ['with entities in its text', 'a & b', text('a &amp;&nbsp;b')],
    ['with entities of its own', 'write &amp; here', text('write &amp; here')],
    [
      'with links',
      'See [the issue](https://gitlab.example.com/1).',
      html('<p>See <a href="https://x">the issue</a>.</p>'),
    ],
    ['with numbered lists', '1. stop\n2. start', html('<ol><li>stop</li><li>start</li></ol>')],
    ['with code', 'Run\n```bash\ndf -h\n```', html('<p>Run</p><pre><code>df -h\n</code></pre>')],
    ['in other scripts', '再起動しました。', html('<p>再起動しました。</p>')],
    ['when it has no letters', '👍', text('👍')],
  ])('%s', (_how, body, message) => {
    expect(matchNote(body, message)).toBe('same')
  })
})

describe('another message is not taken for it', () => {
  test.each([
    ['something else', 'No disk left on runner 3', text('Any news?')],
    ['nothing at all', 'No disk left', text('')],
    ['no letters against other signs', '👍', text('👎')],
  ])('%s', (_how, body, message) => {
    expect(matchNote(body, message)).toBe('other')
  })

  test('most of its words are doubtful', () => {
    expect(matchNote('No disk left on runner 3', text('no disk left on runner 4, I think'))).toBe('alike')
  })
})

test('whatever is written, the same text is the same, and no message makes it throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((body) => body.trim() !== ''),
      fc.string(),
      (body, other) => {
        expect(matchNote(body, text(body))).toBe('same')
        expect(['same', 'alike', 'other']).toContain(matchNote(body, html(other)))
      },
    ),
  )
})
