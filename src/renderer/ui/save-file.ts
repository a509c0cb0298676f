/** Lets a person save a text as a file, as the browser or the desktop saves files. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Later, because some browsers begin to read only after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
