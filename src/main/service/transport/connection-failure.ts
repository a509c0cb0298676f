import { RemoteFailure } from './remote-failure.ts'

/** Codes of Node and of Chromium for the ways in which a connection does not come about. */
const noSuchName = /^(ENOTFOUND|ERR_NAME_NOT_RESOLVED)$/
const noLookUp = /^(EAI_\w+|ERR_NAME_RESOLUTION_FAILED|ERR_DNS_\w+|ERR_ICANN_NAME_COLLISION)$/
const refusedCode = /^(ECONNREFUSED|ERR_CONNECTION_REFUSED)$/
/** Node's own codes for this also come up in the middle of a connection; there, the system call decides. */
const noWay =
  /^(EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_CONNECTION_TIMED_OUT|ERR_(PROXY|TUNNEL)_CONNECTION_FAILED|ERR_UNSAFE_PORT|BAD_PORT)$/
const badCertificate =
  /^(CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|ERR_TLS_CERT_\w+|ERR_CERT_\w+)$/
/** Broken off before anything but greetings was exchanged; later faults of the encryption are a cut line. */
const noHandshake =
  /^(ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|UNKNOWN_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_OR_CIPHER_MISMATCH|\w*HANDSHAKE\w*|TLSV1_ALERT_PROTOCOL_VERSION)|ERR_TLS_HANDSHAKE_TIMEOUT)$/

/** What a certificate that is not trusted lacks, where that can be said plainly. */
const certificateFaults: readonly (readonly [RegExp, string])[] = [
  [/EXPIRED|DATE_INVALID|NOT_YET_VALID/, 'its certificate has expired or is not valid yet'],
  [/ALTNAME|COMMON_NAME|HOSTNAME_MISMATCH/, 'its certificate is for another address'],
  [/SELF_SIGNED|AUTHORITY|UNABLE_TO|INVALID_CA/, 'its certificate is not from an authority that this computer trusts'],
  [/REVOKED/, 'its certificate was taken back'],
]

/**
 * What became of a call that ended without an answer: the host's name is unknown, it refuses, there is no way to it, it cannot
 * be trusted, or the line broke off. Reads the codes of Node's fetch and of Chromium's.
 *
 * @param name word for the source in sentences.
 * @param address of the call.
 */
export function connectionFailure(name: string, address: URL, cause: unknown): RemoteFailure {
  const { code, connecting } = faultIn(cause)
  const host = address.hostname
  const neverSent = { cause, mayHaveArrived: false }
  if (badCertificate.test(code) || noHandshake.test(code)) {
    const fault = certificateFaults.find(([pattern]) => pattern.test(code))?.[1] ?? 'no secure connection came about'
    return new RemoteFailure(
      'untrusted',
      `The connection to ${host} is not trusted: ${fault}. Nothing was sent. Check the address, or ask whoever runs the network.`,
      neverSent,
    )
  }
  if (noSuchName.test(code)) {
    return new RemoteFailure(
      'offline',
      `${host} was not found. Check the address in Settings, or the network.`,
      neverSent,
    )
  }
  if (noLookUp.test(code)) {
    return new RemoteFailure('offline', `${host} could not be looked up. Check the network.`, neverSent)
  }
  if (refusedCode.test(code)) {
    return new RemoteFailure(
      'offline',
      `${host} refuses the connection. ${name} may be down, or the address in Settings is wrong.`,
      neverSent,
    )
  }
  if (noWay.test(code) || connecting) {
    return new RemoteFailure('offline', `${name} cannot be reached. Check the network.`, neverSent)
  }
  return new RemoteFailure('offline', `The connection to ${name} broke off. Check the network.`, { cause })
}

/** Whether an error of Chromium's fetch says that it did not follow a redirection; it has no answer to show for it. */
export function isRedirection(cause: unknown): boolean {
  return cause instanceof Error && /redirect/i.test(cause.message) && !('code' in cause)
}

/** The first code in an error and its causes, and whether it comes from making the connection rather than from using it. */
function faultIn(cause: unknown): { readonly code: string; readonly connecting: boolean } {
  for (let error = cause, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth += 1) {
    // Several addresses of one name were tried, and none did.
    const tried: unknown = error instanceof AggregateError ? error.errors[0] : error
    const { code, syscall } = { ...(error as Fault), ...(tried as Fault) }
    const chromium = /\bnet::(ERR_\w+)/.exec(error.message)?.[1]
    // Ports that no web server may use have no code in Node.
    const bare = error.message === 'bad port' ? 'BAD_PORT' : undefined
    const found = chromium ?? bare ?? (typeof code === 'string' ? code : undefined)
    if (found !== undefined) return { code: found, connecting: syscall === 'connect' || syscall === 'getaddrinfo' }
  }
  return { code: '', connecting: false }
}

interface Fault {
  readonly code?: unknown
  readonly syscall?: unknown
}
