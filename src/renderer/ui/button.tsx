import type { ComponentProps } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './button.module.css'
import { classNames } from './class-names.ts'

/** A button with a word, and a sign before it where that helps. `quiet` has no frame until it is pointed at. */
export function Button({
  icon,
  look = 'plain',
  children,
  className,
  ...rest
}: ComponentProps<'button'> & { readonly icon?: IconName; readonly look?: 'plain' | 'primary' | 'quiet' }) {
  return (
    <button type="button" {...rest} className={classNames(styles.button, styles[look], className)}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </button>
  )
}
