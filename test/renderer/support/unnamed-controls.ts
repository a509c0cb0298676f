/** Controls in sight that a screen reader could not name, and ids that stand twice: what every screen must be free of. */
export function faultsOfThePage(): string[] {
  const controls = [...document.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], [role]')]
  const named = /^(BUTTON|INPUT|SELECT|TEXTAREA|A)$/
  const unnamed = controls.filter(
    (element) => (named.test(element.tagName) || needsName(element)) && element.checkVisibility() && !nameOf(element),
  )
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const lost = controls.flatMap((element) =>
    ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-activedescendant'].flatMap((attribute) =>
      (element.getAttribute(attribute) ?? '')
        .split(' ')
        .filter((id) => id !== '' && document.getElementById(id) === null)
        .map((id) => `${attribute} leads nowhere: ${id}`),
    ),
  )
  return [
    ...unnamed.map((element) => `without a name: ${element.outerHTML}`),
    ...twice.map((id) => `twice: ${id}`),
    ...lost,
  ]
}

function needsName(element: HTMLElement): boolean {
  return /^(dialog|alertdialog|meter|progressbar|radiogroup|listbox|combobox|switch)$/.test(
    element.getAttribute('role') ?? '',
  )
}

function nameOf(element: HTMLElement): string {
  const by = element
    .getAttribute('aria-labelledby')
    ?.split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ')
  const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : []
  const text = labels.map((label) => label.textContent).join(' ') || element.textContent
  return (element.getAttribute('aria-label') ?? by ?? text).trim()
}
