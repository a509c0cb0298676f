/** A name of people's as a part of a file's name; `otherwise` where nothing of it can stand there. */
export function fileNameOf(name: string, otherwise: string): string {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return plain.replaceAll(/^-|-$/g, '') || otherwise
}
