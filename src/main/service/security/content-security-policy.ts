const directives = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
] as const

/**
 * What the window may load and run, for every door that serves it: its own files and nothing else. No inline script or style, no
 * remote image, no frame; markup reaches the page only through Trusted Types.
 */
// SECURITY: the one policy of the window. Loosening it needs a reason in docs/security.md.
export const contentSecurityPolicy = directives.join('; ')
