/** Given as a ref, moves the focus to what took the place of what had it. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus()
}
