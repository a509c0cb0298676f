/** A form that tickets are opened with. */
export interface TicketForm {
  readonly id: number
  readonly name: string
  readonly createdAt: number
}

const createdAt = Date.UTC(2022, 4, 2, 8)

/** What tickets are opened with as a rule. */
export const supportForm: TicketForm = { id: 360000803379, name: 'Support', createdAt }

/** What customers open an emergency with. */
export const emergencyForm: TicketForm = { id: 360000803419, name: 'Emergency', createdAt }

/** Every form, in the order in which customers see them. */
export const ticketForms: readonly TicketForm[] = [supportForm, emergencyForm]
