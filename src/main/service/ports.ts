import type { Settings } from '#contract/settings.ts'
import type { InstantMs } from '#core/instant.ts'

/** Tells the time and wakes the service. Tests and the sample workspace bring their own. */
export interface Clock {
  now(): InstantMs
  /** How many of this clock's seconds pass in a real one; 0 moves only when stepped. */
  readonly speed: number
  /** Calls back once when the clock reaches `at` (soon, if it has passed). Returns a function that cancels. */
  wakeAt(at: InstantMs, wake: () => void): () => void
}

/** What a notification says. The platform replaces an earlier one that has the same tag. */
export interface Notice {
  readonly tag: string
  readonly title: string
  readonly body: string
  /** Stays until it is looked at, where the platform can. */
  readonly urgent: boolean
  /** What a person can do in it, where the platform has buttons. */
  readonly actions: readonly NoticeAction[]
}

/** A button of a notification. */
export interface NoticeAction {
  readonly id: 'snooze' | 'dismiss'
  readonly words: string
}

/** What the person did with a notification. */
export interface NoticeHandlers {
  readonly onOpen: () => void
  readonly onAction: (id: NoticeAction['id']) => void
}

/** Whether notifications of a door reach the person; `unknown` where the system does not tell. */
export interface NotifierState {
  readonly allowed: 'yes' | 'no' | 'unknown'
  /** What to do when they do not, in words; null where nothing is amiss. */
  readonly problem: string | null
}

/** Shows notifications where the door can. */
export interface Notifier {
  /** False when this door has no notifications of its own: alerts then wait for a window to show them. */
  readonly native: boolean
  state(): NotifierState
  show(notice: Notice, handlers: NoticeHandlers): void
  /** Takes back what was shown under this tag, if it is there. */
  close(tag: string): void
}

/** Where tokens are kept. `describe` says how safe that is. A window can set a secret and never read one. */
export interface SecretVault {
  get(key: string): Promise<string | undefined>
  set(key: string, secret: string): Promise<void>
  delete(key: string): Promise<void>
  describe(): { readonly kind: string; readonly persistent: boolean; readonly protected: boolean }
}

/** The settings file as it lies on disk: unchecked values in, plain values out. */
export interface SettingsFile {
  /** Throws `SettingsFileCorrupt` when what is there cannot be read as JSON. */
  read(): Record<string, unknown>
  write(values: Record<string, unknown>): void
}

/** A line of the log; fields are redacted before they are written. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/**
 * A window of the app with the company's own sign-in page in it. Calls that go out through `fetch` carry that sign-in;
 * no cookie ever leaves the window's own storage.
 */
export interface SignInWindow {
  /** Shows the company's sign-in at `url`. Answers whether the person signed in or closed the window; a page that cannot be loaded is a `Problem`. */
  open(url: string, signal: AbortSignal): Promise<'signed-in' | 'closed'>
  readonly fetch: typeof fetch
  /** Forgets the sign-in. */
  signOut(): Promise<void>
}

/** The settings that a door carries out itself, outside of the service. */
export type CarriedOutSettings = Pick<Settings, 'openShortcut' | 'startAtLogin'>

/** Why a setting cannot be had, in words. */
export interface SettingRefusal {
  readonly setting: keyof CarriedOutSettings
  readonly words: string
}

/** What a door brings to the service; clock and folder come with the workspace. */
export interface ServicePorts {
  readonly host: 'desktop' | 'web' | 'cli'
  readonly version: string
  readonly notifier: Notifier
  readonly vault: SecretVault
  readonly settings: SettingsFile
  readonly log: Log
  readonly tray: boolean
  /** Where this door can show a company's own sign-in page. */
  readonly signInWindow?: SignInWindow
  /** Where the database's own thread begins, in builds that keep it elsewhere than the sources do. */
  readonly checkpointWorker?: URL
  /**
   * Carries out changes of settings that only the door can, before they are stored. Refused, none of them is in effect. A door without it
   * stores them for the desktop app, which looks at them when it starts.
   */
  carryOut?(changes: Partial<CarriedOutSettings>): SettingRefusal | null
  /** Hands an address that was judged harmless to the operating system. */
  openExternal(url: string): Promise<void>
  /** Tells the person, in a sentence, of something that went wrong and was worked around. */
  report(sentence: string): void
  /** Brings the window up on a ticket. */
  openTicket(ticketId: number): void
  /** Brings the window up on the list of alerts, where the door has a window of its own. */
  openAlerts?(): void
}
