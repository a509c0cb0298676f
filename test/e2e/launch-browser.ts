import { chromium, type Browser } from 'playwright'

/** Starts the Chromium that the tests of the whole app use. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['UNDERSTUDY_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
}
