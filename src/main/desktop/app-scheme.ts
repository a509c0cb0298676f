import { readFile } from 'node:fs/promises'
import type { Protocol } from 'electron'
import { contentSecurityPolicy } from '#service/security/content-security-policy.ts'
import { resolveAppFile } from './security/app-files.ts'
import { appScheme } from './security/app-origin.ts'

const headersOfAll = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const

/** Makes app:// a scheme with an origin, like https. Has to happen before Electron is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  // SECURITY: standard and secure give the page an origin of its own; it may not go round its content security policy.
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built window, the files below `root`, under app://understudy/. */
export function serveWindowFiles(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(appScheme, (request) => answerAppRequest(request, root))
}

/** The answer to one request: a file with its type, or a status without words. */
export async function answerAppRequest(
  request: { readonly method: string; readonly url: string },
  root: string,
): Promise<Response> {
  const verdict = resolveAppFile(request, root)
  if (verdict.kind === 'refused') return new Response(null, { status: verdict.status, headers: headersOfAll })
  const bytes = await readFile(verdict.path).catch(() => undefined)
  if (bytes === undefined) return new Response(null, { status: 404, headers: headersOfAll })
  return new Response(new Uint8Array(bytes), { headers: { ...headersOfAll, 'Content-Type': verdict.type } })
}
