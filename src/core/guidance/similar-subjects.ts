/** Words that say nothing about what a ticket is about. */
const emptyWords = new Set(
  'about after again before cannot does from gitlab have into issue issues help null only problem since some that the their there this ticket until when while with without your'.split(
    ' ',
  ),
)

/** The words of a subject that say what it is about, in small letters: four letters or more, or with a digit. */
export function tellingWords(subject: string): readonly string[] {
  const words = subject.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}._-]*/gu) ?? []
  return [...new Set(words)].filter((word) => /.{4}|\d\d/u.test(word) && !emptyWords.has(word))
}

/** Something with a subject, and the words it shares with another one. */
export type Alike<Line> = Line & { readonly shared: readonly string[] }

/**
 * Those that share telling words with a subject, the ones with most of them first; of equal ones the order stays.
 *
 * @param most how many at most.
 */
export function similarSubjects<Line extends { readonly subject: string }>(
  subject: string,
  among: readonly Line[],
  most: number,
): readonly Alike<Line>[] {
  const wanted = tellingWords(subject)
  return among
    .flatMap((line) => {
      const words = new Set(tellingWords(line.subject))
      const shared = wanted.filter((word) => words.has(word))
      return shared.length === 0 ? [] : [{ ...line, shared }]
    })
    .toSorted((a, b) => b.shared.length - a.shared.length)
    .slice(0, most)
}
