import { fillIn } from './fill-in.ts'
import type { MessageText } from './policy.ts'

/** A message for a person to send. */
export interface Message {
  /** Whom it is for, in words. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** The messages to a customer's people and to the account team, with the placeholders of the policy's texts filled in. */
export function fillInMessages(
  { contacts, accountTeam }: { readonly contacts: MessageText; readonly accountTeam: MessageText },
  values: Readonly<Record<string, string>> & { readonly account: string },
): Message[] {
  const message = (to: string, { subject, lines }: MessageText): Message => ({
    to,
    subject: fillIn(subject, values),
    text: lines
      .map((line) => fillIn(line, values))
      .join('\n')
      .trimEnd(),
  })
  return [
    message(`Your contacts at ${values.account}`, contacts),
    message(`The account team of ${values.account}`, accountTeam),
  ]
}
