import { expect, test } from 'vitest'
import { followingMoves } from '#service/gitlab/following-moves.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'

/** Asks for a project by `a/b`, which is answered with this redirection; any other is there. */
async function asked(location: string | null, status = 301): Promise<(number | string)[]> {
  const ids: (number | string)[] = []
  await followingMoves('a/b', async (id) => {
    ids.push(id)
    if (id === 'a/b') throw new RemoteFailure('rejected', 'It moved.', { status, location })
  })
  return ids
}

test('a project that was moved is asked for by its id, whatever host the address names', async () => {
  expect(await asked('https://elsewhere.example/api/v4/projects/77')).toEqual(['a/b', 77])
  expect(await asked('https://gitlab.example.com/api/v4/projects/77?statistics=true', 307)).toEqual(['a/b', 77])
})

test.each([
  ['to a sign-in page', 'https://gitlab.example.com/users/sign_in', 302],
  ['to a path', 'https://gitlab.example.com/api/v4/projects/c%2Fd', 301],
  ['nowhere', null, 301],
  ['with another status', 'https://gitlab.example.com/api/v4/projects/77', 400],
])('a redirection %s is not followed', async (_, location, status) => {
  await expect(asked(location, status)).rejects.toMatchObject({ message: 'It moved.' })
})
