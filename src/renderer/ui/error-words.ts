/** Why something failed, for a person: the service's own words where it gave some. */
export function errorWords(error: Error): string {
  if ('code' in error && error.code === 'BAD_REQUEST') {
    return 'Something that was entered is not of the right form. Check each field.'
  }
  if (/internal server error/i.test(error.message)) {
    return 'Understudy ran into a fault of its own. Its log says more; what was read before is kept.'
  }
  // What the library says of a request whose connection ended under it.
  if (/\[AsyncIdQueue\]/.test(error.message)) {
    return 'The connection to Understudy broke off before the answer came. Try it again.'
  }
  return error.message || 'No reason was given.'
}
