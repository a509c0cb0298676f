import { beforeEach, describe, expect, test } from 'vitest'
import { writeFact } from '#service/db/facts.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { createGitlabIdentities } from '#service/gitlab/gitlab-identity.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { wednesday } from '#test/support/work-values.ts'

const dana = { id: 41_002, name: 'Dana', username: 'dana' }
const offline = () => Promise.reject(new RemoteFailure('offline', 'GitLab cannot be reached. Check the network.'))

let db: WriteDb
let asked: string[]
beforeEach(() => {
  db = memoryDatabase()
  asked = []
})

/** The sample's, or that of somebody who signed in; `answer` is what GitLab says to a path. */
function identities(
  user: typeof dana | null,
  answer: (path: string) => unknown = (path) => (path.endsWith('/user') ? dana : { scopes: ['api'] }),
) {
  const url = 'https://gitlab.example.com'
  return createGitlabIdentities({
    db,
    user,
    now: () => wednesday,
    reach: {
      url,
      credentials: { kind: 'token', scopes: async () => null },
      async send(request) {
        const path = request.url.slice(url.length)
        asked.push(path)
        return { status: 200, headers: new Headers(), body: await answer(path) }
      },
    },
  })
}

describe('of the sample, where nobody signed in on their own', () => {
  test('is asked once, and known from then on', async () => {
    const of = identities(null)
    expect(of.known()).toBeNull()
    expect(await of.find()).toEqual({ user: dana, mode: 'read-write' })
    expect(await of.find()).toEqual(of.known())
    expect(asked).toEqual(['/api/v4/user', '/api/v4/personal_access_tokens/self'])
  })

  test('is what was stored while GitLab cannot be reached, and is asked again', async () => {
    await identities(null).find()
    const later = identities(null, offline)
    expect(later.known()).toEqual({ user: dana, mode: 'read-write' })
    expect(await later.find()).toEqual({ user: dana, mode: 'read-write' })
    expect(asked).toHaveLength(3)
  })

  test('is unknown where GitLab was never reached, or refuses the sign-in', async () => {
    await expect(identities(null, offline).find()).rejects.toMatchObject({ kind: 'offline' })
    await identities(null).find()
    const refused = () => Promise.reject(new RemoteFailure('unauthorized', 'No.', { status: 401, refused: true }))
    await expect(identities(null, refused).find()).rejects.toMatchObject({ kind: 'unauthorized' })
  })

  test('may only read with a token that has only the right to', async () => {
    const of = identities(null, (path) => (path.endsWith('/user') ? dana : { scopes: ['read_api'] }))
    expect(await of.find()).toEqual({ user: dana, mode: 'read-only' })
  })
})

test('of a connection is who signed in, with the mode that was found out last; GitLab is not asked', async () => {
  const of = identities(dana, offline)
  expect(await of.find()).toEqual({ user: dana, mode: 'read-write' })
  const health = {
    checkedAt: wednesday,
    scopes: ['read_api'],
    fineGrained: false,
    endsAt: null,
    places: [],
    advice: [],
  }
  writeFact(db, 'gitlab', 'health', { ...health, mode: 'read-only' }, wednesday)
  expect(of.known()).toEqual({ user: dana, mode: 'read-only' })
  expect(asked).toEqual([])
})
