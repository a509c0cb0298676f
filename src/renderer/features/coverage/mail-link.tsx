import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'

/** Opens the mail program with a message to nobody yet: the person chooses who gets it. */
export function MailLink(props: { readonly subject: string; readonly text: string; readonly children: ReactNode }) {
  const { subject, text, children } = props
  const { queries } = useWindow()
  const { data: host } = useQuery({ ...queries.status(), select: (status) => status.host })
  const openExternal = useOpenExternal()
  const address = mailAddress(subject, text)
  return (
    <a
      href={address}
      onClick={(event) => {
        // A browser knows the mail program itself; the desktop's window goes nowhere by itself.
        if (host !== 'desktop') return
        event.preventDefault()
        openExternal(address)
      }}
    >
      {children}
    </a>
  )
}

/** A `mailto:` without an address, with line breaks as mail has them. */
export function mailAddress(subject: string, text: string): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`
}
