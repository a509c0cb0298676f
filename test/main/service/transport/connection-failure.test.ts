import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectionFailure, isRedirection } from '#service/transport/connection-failure.ts'
import type { RemoteFailure } from '#service/transport/remote-failure.ts'
import { loopbackServer, sendJson } from '#test/support/loopback-server.ts'

const address = new URL('https://acme.zendesk.com/api/v2/tickets')
const failureOf = (cause: unknown) => connectionFailure('Zendesk', address, cause)

/** As Node's fetch fails: the code is in the cause. */
const nodeError = (code: string, syscall?: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, ...(syscall ? { syscall } : {}) }) })

const judged = ({ kind, mayHaveArrived, message }: RemoteFailure) => [kind, mayHaveArrived, message]

/** What Node's own fetch fails with. */
async function causeOf(url: string): Promise<unknown> {
  return fetch(url).then(
    () => new Error('It was reached'),
    (cause: unknown) => cause,
  )
}

describe('a connection that does not come about', () => {
  test.each([
    ['ENOTFOUND', 'getaddrinfo', 'acme.zendesk.com was not found. Check the address in Settings, or the network.'],
    ['EAI_AGAIN', 'getaddrinfo', 'acme.zendesk.com could not be looked up. Check the network.'],
    [
      'ECONNREFUSED',
      'connect',
      'acme.zendesk.com refuses the connection. Zendesk may be down, or the address in Settings is wrong.',
    ],
    ['EHOSTUNREACH', 'connect', 'Zendesk cannot be reached. Check the network.'],
    ['ENETUNREACH', 'connect', 'Zendesk cannot be reached. Check the network.'],
    ['ETIMEDOUT', 'connect', 'Zendesk cannot be reached. Check the network.'],
    ['UND_ERR_CONNECT_TIMEOUT', undefined, 'Zendesk cannot be reached. Check the network.'],
  ])('is told plainly, and nothing arrived: %s', (code, syscall, message) => {
    expect(judged(failureOf(nodeError(code, syscall)))).toEqual(['offline', false, message])
  })

  test.each([
    ['net::ERR_NAME_NOT_RESOLVED', 'acme.zendesk.com was not found. Check the address in Settings, or the network.'],
    ['net::ERR_INTERNET_DISCONNECTED', 'Zendesk cannot be reached. Check the network.'],
    [
      'net::ERR_CONNECTION_REFUSED',
      'acme.zendesk.com refuses the connection. Zendesk may be down, or the address in Settings is wrong.',
    ],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'Zendesk cannot be reached. Check the network.'],
  ])('is told plainly in Chromium’s words, too: %s', (message, said) => {
    expect(judged(failureOf(new Error(message)))).toEqual(['offline', false, said])
  })

  test('is told by the first address when a name has several', () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })
    const cause = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' })
    expect(failureOf(new TypeError('fetch failed', { cause })).mayHaveArrived).toBe(false)
  })

  test('really is what Node says for an unknown name and for a port that no web server may have', async () => {
    expect(failureOf(await causeOf('http://nobody.invalid')).message).toMatch(/was not found|could not be looked up/)
    expect(judged(failureOf(await causeOf('http://127.0.0.1:1')))).toEqual([
      'offline',
      false,
      'Zendesk cannot be reached. Check the network.',
    ])
  })
})

describe('a line that breaks off', () => {
  test.each([
    nodeError('ECONNRESET', 'read'),
    nodeError('EPIPE', 'write'),
    nodeError('ETIMEDOUT', 'read'),
    nodeError('EHOSTUNREACH', 'read'),
    nodeError('UND_ERR_SOCKET'),
    nodeError('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'),
    new Error('net::ERR_CONNECTION_RESET'),
    new TypeError('terminated'),
    'no error at all',
  ])('may have broken off after what was asked was done: %s', (cause) => {
    expect(judged(failureOf(cause))).toEqual([
      'offline',
      true,
      'The connection to Zendesk broke off. Check the network.',
    ])
  })
})

describe('a connection that is not trusted', () => {
  const sentence = (fault: string) =>
    `The connection to acme.zendesk.com is not trusted: ${fault}. Nothing was sent. Check the address, or ask whoever runs the network.`

  test.each([
    [nodeError('CERT_HAS_EXPIRED'), 'its certificate has expired or is not valid yet'],
    [nodeError('ERR_TLS_CERT_ALTNAME_INVALID'), 'its certificate is for another address'],
    [nodeError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'its certificate is not from an authority that this computer trusts'],
    [nodeError('SELF_SIGNED_CERT_IN_CHAIN'), 'its certificate is not from an authority that this computer trusts'],
    [
      nodeError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      'its certificate is not from an authority that this computer trusts',
    ],
    [nodeError('CERT_REVOKED'), 'its certificate was taken back'],
    [nodeError('ERR_SSL_WRONG_VERSION_NUMBER'), 'no secure connection came about'],
    [new Error('net::ERR_CERT_DATE_INVALID'), 'its certificate has expired or is not valid yet'],
    [new Error('net::ERR_CERT_COMMON_NAME_INVALID'), 'its certificate is for another address'],
    [
      new Error('net::ERR_CERT_AUTHORITY_INVALID'),
      'its certificate is not from an authority that this computer trusts',
    ],
  ])('says what is wrong with it and that nothing was sent: %s', (cause, fault) => {
    expect(judged(failureOf(cause))).toEqual(['untrusted', false, sentence(fault)])
  })

  test('really is what Node says for a certificate that somebody made themselves', async () => {
    const url = await serverWithOwnCertificate()
    expect(judged(failureOf(await causeOf(url)))).toEqual([
      'untrusted',
      false,
      sentence('its certificate is not from an authority that this computer trusts'),
    ])
  })

  test('really is what Node says where no encryption is spoken', async () => {
    const plain = await loopbackServer((_request, response) => sendJson(response, {}))
    const failure = failureOf(await causeOf(plain.url.replace('http:', 'https:')))
    expect(judged(failure)).toEqual(['untrusted', false, sentence('no secure connection came about')])
    expect(plain.requests).toEqual([])
  })
})

test('a redirection that Chromium did not follow is told from a failure of the network', () => {
  expect(isRedirection(new Error('Redirect was cancelled'))).toBe(true)
  expect(isRedirection(nodeError('ECONNRESET'))).toBe(false)
  expect(isRedirection('redirect')).toBe(false)
})

/** A server on loopback whose certificate nobody vouches for. Made for this test, good for nothing else. */
async function serverWithOwnCertificate(): Promise<string> {
  const server = createServer({ key: pem('PRIVATE KEY', key), cert: pem('CERTIFICATE', certificate) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function pem(what: string, lines: readonly string[]): string {
  return [`-----BEGIN ${what}-----`, ...lines, `-----END ${what}-----`].join('\n')
}

const key = [
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcsoHnCIUAze0ayEs',
  'UZv+sOjZWGSCKkbaprs8yqeFtS+hRANCAATDiNNeOYiYNpM/QaBFeHNJW3wF48Ie',
  '8DkPpUg2EYdmbBFGtJF8xy2rep3jlBxuMBXzwsljpOIKKKFErQ/Pd4Dj',
]

const certificate = [
  'MIIBmjCCAUGgAwIBAgIUMaoVueuu5mkh/8qTCyaJKqwZTA4wCgYIKoZIzj0EAwIw',
  'FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE0NTMzN1oYDzIxMjYxMDI4',
  'MTQ1MzM3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO',
  'PQMBBwNCAATDiNNeOYiYNpM/QaBFeHNJW3wF48Ie8DkPpUg2EYdmbBFGtJF8xy2r',
  'ep3jlBxuMBXzwsljpOIKKKFErQ/Pd4Djo28wbTAdBgNVHQ4EFgQU5uJus/iiJaj0',
  'LZG1IxDc250CV8kwHwYDVR0jBBgwFoAU5uJus/iiJaj0LZG1IxDc250CV8kwDwYD',
  'VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI',
  'zj0EAwIDRwAwRAIgcw5qJpe2xbhZZrN+EorSZCuCqxDLyvcITic6AQ5pFfYCIC/I',
  '4u5yt6GlNh10UfD+bImBus8xDLrmk4XG3kQPM5US',
]
