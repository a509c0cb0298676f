import type { Locator, Page } from 'playwright'

/** More stops than the longest screen has. */
const mostTabs = 120

/** Hands that have a keyboard and no mouse. */
export interface Hands {
  press(...keys: readonly string[]): Promise<void>
  type(text: string): Promise<void>
  /** Goes on with Tab until the focus is there: what cannot be reached that way fails the test. */
  tabTo(wanted: Locator): Promise<void>
  /** Goes to a field and types into it. What stands in one of a single line is selected on the way, and goes. */
  typeInto(field: Locator, text: string): Promise<void>
  /** Goes to what can be pressed, once it can be, and presses it. */
  choose(wanted: Locator): Promise<void>
}

/** Works a window by keyboard alone. */
export function byKeyboard(page: Page): Hands {
  const press: Hands['press'] = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const tabTo: Hands['tabTo'] = async (wanted) => {
    await wanted.waitFor()
    for (let stop = 0; stop < mostTabs; stop += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return
      await press('Tab')
    }
    throw new Error(`Tab does not lead to ${wanted.toString()}`)
  }
  const type: Hands['type'] = (text) => page.keyboard.type(text)
  return {
    press,
    type,
    tabTo,
    async typeInto(field, text) {
      await tabTo(field)
      await type(text)
    },
    async choose(wanted) {
      await wanted.and(page.locator(':not(:disabled)')).waitFor()
      await tabTo(wanted)
      await press('Enter')
    },
  }
}
