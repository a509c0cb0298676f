import { useQuery } from '@tanstack/react-query'
import type { PolicyChoice, Settings } from '#contract/settings.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { PodMembers } from './pod-members.tsx'
import { Choice, Section } from './settings-fields.tsx'
import styles from './settings.module.css'

/** Which edition of the handbook's rules is in force, and what the others say otherwise. */
export function PolicySettings(props: {
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
}) {
  const { settings, change } = props
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.policies())
  const podRegion = data?.policies.find(({ version }) => version === settings.policyVersion)?.podRegion
  return (
    <Section title="Handbook rules">
      {data ? (
        <>
          <Choice
            name="Edition"
            value={settings.policyVersion}
            choices={Object.fromEntries(data.policies.map(({ version, title }) => [version, title]))}
            onChange={(policyVersion) => change({ policyVersion })}
          />
          {podRegion != null && (
            <PodMembers
              region={podRegion}
              value={settings.podMemberIds}
              onChange={(podMemberIds) => change({ podMemberIds })}
            />
          )}
          {data.policies.map((policy) => (
            <Differences key={policy.version} policy={policy} policies={data.policies} />
          ))}
        </>
      ) : error ? (
        <ErrorNotice what="The editions could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the editions…" />
      )}
    </Section>
  )
}

function Differences(props: { readonly policy: PolicyChoice; readonly policies: readonly PolicyChoice[] }) {
  const { policy, policies } = props
  if (policy.differences.length === 0) return null
  const standard = policies.find((candidate) => candidate.standard)
  return (
    <div>
      <p>
        {policy.title} says otherwise than {standard?.title}:
      </p>
      <ul className={styles.differences}>
        {policy.differences.map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
    </div>
  )
}
