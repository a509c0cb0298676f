import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { HandoffPacket } from '#contract/handoffs.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useHandoffExchange } from './use-handoff-exchange.ts'
import { PacketPart } from './packet-part.tsx'
import styles from './handoff.module.css'

/** The meeting before an absence: each account of it, how far its handoff is, and whose it is until then. */
export function HandoffScreen() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.handoffs())
  const exchange = useHandoffExchange()
  const [taking, setTaking] = useState(false)
  useShortcuts([{ keys: 'i', words: 'Take in a handoff', group: 'Handoff', run: () => setTaking(true) }])
  return (
    <Screen
      title="Handoff"
      about="The meeting before an absence: what the covering engineer has to know."
      actions={
        <Button icon="download" title="Key: i" onClick={() => setTaking(true)}>
          Take in…
        </Button>
      }
    >
      {data ? (
        <Packets packets={data.packets} />
      ) : error ? (
        <ErrorNotice what="The handoffs could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the handoffs…" />
      )}
      {taking && <ImportDialog exchange={exchange} onClose={() => setTaking(false)} />}
    </Screen>
  )
}

function Packets({ packets }: { readonly packets: readonly HandoffPacket[] }) {
  const ahead = packets.filter(({ phase }) => phase !== 'past')
  const past = packets.filter(({ phase }) => phase === 'past')
  if (packets.length === 0) {
    return (
      <EmptyState icon="handoff" title="Nothing is to be handed over">
        <p>
          This fills as soon as an absence is known in which somebody covers your accounts, or you cover theirs: plan it
          under <Link to="/coverage">Coverage</Link>, or take in what a colleague gave you.
        </p>
      </EmptyState>
    )
  }
  return (
    <div className={styles.packets}>
      {ahead.length === 0 && <p className={styles.soft}>No absence is ahead.</p>}
      {ahead.map((packet) => (
        <PacketPart key={packet.absenceId} packet={packet} />
      ))}
      {past.length > 0 && (
        <details>
          <summary className={styles.past}>
            {past.length === 1 ? '1 absence that is past' : `${past.length} absences that are past`}
          </summary>
          <div className={styles.packets}>
            {past.map((packet) => (
              <PacketPart key={packet.absenceId} packet={packet} />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}
