/**
 * Name of the branch on which a file is to get a content. The same order gets the same name, so that a branch or merge request it
 * made before is found again; another content gets another one.
 *
 * @example
 * branchName(12, 'organizations/acme.yaml', '…') // understudy/acme-yaml-1k3x9z0ab2
 */
export function branchName(projectId: number, path: string, content: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1)
  const slug = file
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return `understudy/${slug === '' ? 'file' : slug}-${shortHash(`${projectId}\n${path}\n${content}`)}`
}

/** FNV-1a twice from different starts: names, not secrets; two orders of one project seldom meet in 64 bits. */
function shortHash(text: string): string {
  const half = (start: number) => {
    let hash = start
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93)
    return (hash >>> 0).toString(36).padStart(7, '0')
  }
  return `${half(0x81_1c_9d_c5)}${half(0x05_0c_5d_1f)}`
}
