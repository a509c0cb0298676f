import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import table from '../../ui/table.module.css'

/** How each thing that is synced stands. */
export function SyncScopes() {
  const { queries } = useWindow()
  const { data, error } = useQuery(queries.syncStatus())
  if (!data) return <p>{error ? 'How syncing stands could not be read.' : 'Reading how syncing stands…'}</p>
  if (data.scopes.length === 0) return <p>Nothing has been synced yet.</p>
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">From</th>
          <th scope="col">Read completely</th>
          <th scope="col">Problem</th>
        </tr>
      </thead>
      <tbody>
        {data.scopes.map((scope) => (
          <tr key={`${scope.source} ${scope.scope}`}>
            <td>{scope.name}</td>
            <td>{scope.source === 'zendesk' ? 'Zendesk' : 'GitLab'}</td>
            <td>
              <Freshness at={scope.completedAt} />
            </td>
            <td className={scope.problem ? table.problem : table.soft}>{scope.problem ?? 'None'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
