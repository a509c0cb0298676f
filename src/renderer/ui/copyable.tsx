import { useRef, useState } from 'react'
import { Button } from './button.tsx'
import styles from './copyable.module.css'

/** A text to take elsewhere: it can be selected, and a button copies it. */
export function Copyable({ name, text }: { readonly name: string; readonly text: string }) {
  const block = useRef<HTMLPreElement>(null)
  const [outcome, setOutcome] = useState('')
  const copy = async () => {
    const copied = await copyText(text, block.current)
    setOutcome(copied ? 'Copied' : 'Selected: copy it with the keyboard')
  }
  return (
    <div className={styles.copyable}>
      <pre ref={block} className={styles.text} aria-label={name}>
        {text}
      </pre>
      <Button icon="copy" aria-label={`Copy ${name}`} onClick={() => void copy()}>
        Copy
      </Button>
      <span role="status" className={styles.outcome}>
        {outcome}
      </span>
    </div>
  )
}

/** Through the clipboard where the page may use it, else by selecting the text and copying that. */
async function copyText(text: string, block: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (block) getSelection()?.selectAllChildren(block)
    return document.execCommand('copy')
  }
}
