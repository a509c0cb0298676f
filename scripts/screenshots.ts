import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openApp } from '#test/e2e/open-window.ts'

/** Takes the screenshots of the README from the sample workspace: Today, a ticket, Coverage, the setting up of an account’s project, the review of a handoff and the list of a return meeting in both sizes and themes. */
const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
/** A Wednesday: at a weekend there is no load to show. */
const weekday = Date.UTC(2026, 10, 18, 10)
const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 640 },
]

mkdirSync(folder, { recursive: true })
const app = await openApp({ now: weekday })
try {
  for (const viewport of sizes) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await app.newPage({ viewport, colorScheme, timezoneId: 'Europe/Berlin', locale: 'en-GB' })
      await page.getByRole('gridcell').first().waitFor()
      await page.screenshot({ path: `${folder}today-${viewport.width}-${colorScheme}.png` })
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Answer the customer in Zendesk' }).waitFor()
      await page.screenshot({ path: `${folder}ticket-${viewport.width}-${colorScheme}.png` })
      await page.getByRole('button', { name: 'Close the ticket' }).click()
      await page.getByRole('link', { name: 'Coverage' }).click()
      await page.getByRole('heading', { name: 'Plans' }).waitFor()
      await page.getByRole('gridcell').first().waitFor()
      await page.screenshot({ path: `${folder}coverage-${viewport.width}-${colorScheme}.png` })
      await page.keyboard.press('g')
      await page.keyboard.press('a')
      await page.getByRole('button', { name: /^GitLab project of Brandt/ }).click()
      await page.getByRole('button', { name: /^Set up/ }).waitFor()
      await page.screenshot({ path: `${folder}account-kit-${viewport.width}-${colorScheme}.png` })
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Handoff', exact: true }).click()
      await page.getByRole('link', { name: /^Review Brandt/ }).click()
      await page.getByRole('radio', { name: 'Together on one screen' }).check()
      await page.getByRole('button', { name: /Praefect/ }).click()
      await page.getByRole('button', { name: /^Show what/ }).click()
      await page.getByRole('form', { name: 'Say it back' }).waitFor()
      await page.screenshot({ path: `${folder}handoff-${viewport.width}-${colorScheme}.png` })
      await page.getByRole('link', { name: 'Return', exact: true }).click()
      await page.getByRole('link', { name: /Cascadia Freight$/ }).click()
      await page.getByRole('region', { name: 'Decision' }).waitFor()
      await page.screenshot({ path: `${folder}return-${viewport.width}-${colorScheme}.png` })
      await page.close()
    }
  }
} finally {
  await app.close()
}
