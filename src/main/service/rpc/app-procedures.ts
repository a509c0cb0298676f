import { countUnopened } from '../db/alerts.ts'
import { readRoster } from '../db/workspace.ts'
import type { CarriedOutSettings } from '../ports.ts'
import { os, sampleCoverageProject, type RouterDeps } from './router-deps.ts'

/** The app itself and what a person chose. */
export function appProcedures(deps: RouterDeps) {
  const { ports, settings, policies, hub } = deps
  return {
    app: {
      status: os.app.status.handler(() => {
        const { db, workspace, sync } = deps.session()
        const { me } = readRoster(db)
        return {
          version: ports.version,
          host: ports.host,
          capabilities: { nativeNotifications: ports.notifier.native, tray: ports.tray },
          workspace: workspace.source.kind,
          sampleCoverageProject: sampleCoverageProject(deps),
          me: me && { id: me.id, name: me.name, timeZone: me.timeZone },
          sync: sync.state,
          unopenedAlerts: countUnopened(db),
          clock: { now: workspace.clock.now(), speed: workspace.clock.speed },
        }
      }),
      openExternal: os.app.openExternal.handler(async ({ input, errors }) => {
        const url = deps.session().mayOpen(input.url)
        if (url === null) {
          throw errors.REFUSED({
            message: 'Only addresses of your Zendesk and GitLab are opened from here.',
            data: { reason: 'address' },
          })
        }
        await ports.openExternal(url)
        return {}
      }),
    },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      set: os.settings.set.handler(({ input, errors }) => {
        const { policyVersion } = input
        if (policyVersion !== undefined && !policies.has(policyVersion)) {
          throw errors.REFUSED({
            message: `No rules of “${policyVersion}” come with this Understudy; ${policies.advice}.`,
            data: { reason: 'policy' },
          })
        }
        const refusal = ports.carryOut?.(carriedOut(input))
        if (refusal) throw errors.REFUSED({ message: refusal.words, data: { reason: refusal.setting } })
        const before = settings.get()
        try {
          settings.set(input)
        } catch (error) {
          // What is not stored must not be in effect either.
          ports.carryOut?.(before)
          throw error
        }
        hub.publish('settings')
        return settings.get()
      }),
      policies: os.settings.policies.handler(() => ({ policies: policies.choices() })),
    },
  }
}

/** Of the changes, those that the door carries out. */
function carriedOut({ openShortcut, startAtLogin }: SettingsChanges): Partial<CarriedOutSettings> {
  return {
    ...(openShortcut === undefined ? {} : { openShortcut }),
    ...(startAtLogin === undefined ? {} : { startAtLogin }),
  }
}

type SettingsChanges = { readonly [Name in keyof CarriedOutSettings]?: CarriedOutSettings[Name] | undefined }
