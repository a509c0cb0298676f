/** Where the browser is sent back to after a sign-in. All of them are registered: the next is used when one is taken. */
export const redirectUrls = [47810, 47811, 47812].map((port) => `http://127.0.0.1:${port}/callback`).join('\n')
