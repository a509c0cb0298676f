import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createPkce, randomText } from '#service/oauth/pkce.ts'

test('the challenge is the SHA-256 of the verifier, both in the alphabet of addresses', () => {
  const { verifier, challenge } = createPkce()
  expect(verifier).toMatch(/^[\w-]{43}$/)
  expect(challenge).toBe(createHash('sha256').update(verifier, 'ascii').digest('base64url'))
})

test('nothing comes twice', () => {
  const made = Array.from({ length: 100 }, () => [createPkce().verifier, randomText()]).flat()
  expect(new Set(made).size).toBe(200)
})
