import { expect, test } from 'vitest'
import { parseGitlabUrl } from '#service/gitlab/gitlab-url.ts'

test.each([
  ['gitlab.com', 'https://gitlab.com'],
  [' https://gitlab.com/ ', 'https://gitlab.com'],
  ['GITLAB.example.com.', 'https://gitlab.example.com'],
  ['gitlab.example.com:8443', 'https://gitlab.example.com:8443'],
  ['https://example.com/gitlab', 'https://example.com/gitlab'],
  ['https://example.com/tools/gitlab///', 'https://example.com/tools/gitlab'],
  ['http://127.0.0.1:8080/gitlab', 'http://127.0.0.1:8080/gitlab'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  // What a person copies from the browser's address bar.
  ['https://gitlab.com/acme/onboarding?a=b#c', 'https://gitlab.com'],
  ['https://example.com/gitlab/users/sign_in', 'https://example.com/gitlab'],
  ['https://example.com/gitlab/-/user_settings/personal_access_tokens', 'https://example.com/gitlab'],
  ['https://example.com/gitlab/api/v4', 'https://example.com/gitlab'],
])('%s is read as %s', (typed, url) => {
  expect(parseGitlabUrl(typed)).toEqual({ ok: true, url })
})

test.each([
  ['', /^Type your company's address/],
  ['git lab.com', /characters in it that no address has/],
  ['https://gitlab.com\\@evil.example', /characters in it that no address has/],
  ['ftp://gitlab.com', /begins with ftp:\/\/ cannot be used/],
  ['https://', /^This is no address/],
  ['https://gitlab.com@evil.example', /^Leave out what stands before the @/],
  ['http://gitlab.example.com', /unprotected over http\. Type it with https: https:\/\/gitlab\.example\.com/],
  ['acme', /^acme is no complete address/],
])('%j is refused in words', (typed, problem) => {
  expect(parseGitlabUrl(typed)).toEqual({ ok: false, problem: expect.stringMatching(problem) })
})
