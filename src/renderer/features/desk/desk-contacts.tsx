import { useState } from 'react'
import type { DeskPage } from '#contract/desk.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { ContactForm, type Contact } from './contact-form.tsx'
import { useDeskChange } from './use-desk-change.ts'
import styles from './desk.module.css'

const sides = [
  { side: 'customer', title: 'At the customer', hint: 'Whom to ask there, and how they like to work.' },
  { side: 'internal', title: 'Our own', hint: 'Account team and others: whom to tell, whom to ask.' },
] as const

/** Contacts on both sides, with how to reach them and how to work with each. */
export function DeskContacts({ page }: { readonly page: DeskPage }) {
  const [open, setOpen] = useState<Contact | Contact['side'] | undefined>(undefined)
  const close = () => setOpen(undefined)
  return (
    <section aria-labelledby="desk-contacts">
      <h2 id="desk-contacts">Contacts</h2>
      {sides.map(({ side, title, hint }) => {
        const contacts = page.document.contacts
          .filter((contact) => contact.side === side)
          .toSorted((a, b) => Number(b.important) - Number(a.important))
        return (
          <div key={side} className={styles.group}>
            <div className={styles.head}>
              <h3>{title}</h3>
              <Button icon="plus" look="quiet" aria-label={`Add a contact: ${title}`} onClick={() => setOpen(side)}>
                Add
              </Button>
            </div>
            {contacts.length === 0 && open !== side && <p className={styles.soft}>Nobody yet. {hint}</p>}
            <ul className={styles.cards}>
              {contacts.map((contact) => (
                <li key={contact.id} className={styles.card}>
                  {typeof open === 'object' && open.id === contact.id ? (
                    <ContactForm accountId={page.account.id} side={side} contact={contact} onClose={close} />
                  ) : (
                    <ContactCard accountId={page.account.id} contact={contact} onEdit={() => setOpen(contact)} />
                  )}
                </li>
              ))}
            </ul>
            {open === side && (
              <ContactForm accountId={page.account.id} side={side} contact={undefined} onClose={close} />
            )}
          </div>
        )
      })}
    </section>
  )
}

function ContactCard(props: { readonly accountId: number; readonly contact: Contact; readonly onEdit: () => void }) {
  const { accountId, contact, onEdit } = props
  const { change, pending, error } = useDeskChange(accountId)
  const { id, name, role, reach, howToWork, important } = contact
  return (
    <>
      <div className={styles.head}>
        <p>
          <strong>{name}</strong>
          {role !== '' && <span className={styles.soft}> {role}</span>}
          {important && (
            <span className={styles.important}>
              <Icon name="flame" size={12} /> important
            </span>
          )}
        </p>
        <span className={styles.rowButtons}>
          <Button look="quiet" icon="edit" aria-label={`Change ${name}`} title="Change" onClick={onEdit} />
          <Button
            look="quiet"
            icon="trash"
            aria-label={`Remove ${name}`}
            title="Remove"
            disabled={pending}
            onClick={() => change({ kind: 'remove-contact', id }, `${name} was removed from the contacts.`)}
          />
        </span>
      </div>
      {reach !== '' && <p className={styles.text}>{reach}</p>}
      {howToWork !== '' && <p className={styles.text}>{howToWork}</p>}
      <Problem error={error} />
    </>
  )
}
