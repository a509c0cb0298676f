import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { DeskPage, DeskShape } from '#contract/desk.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Loading, Problem } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { SelectField } from '../../ui/select-field.tsx'

const shapes: Readonly<Record<DeskShape, string>> = {
  inventory: 'Inventory: environment, contacts, resources',
  'support-team': 'People, as the Support Team lists them',
  'organization-fields': 'Fields of the organization in Zendesk',
}

/** Gives out what is known of the account, to copy or as a file. */
export function GiveOutDialog({ page, onClose }: { readonly page: DeskPage; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const [shape, setShape] = useState<DeskShape>('inventory')
  const { data, error } = useQuery(queries.deskExport(page.account.id, shape))
  return (
    <DialogFrame
      title={`Give out what is known of ${page.account.name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            look="primary"
            icon="download"
            disabled={!data}
            onClick={() => data && saveFile(data.fileName, data.text)}
          >
            Save as a file
          </Button>
        </>
      }
    >
      <SelectField label="As" value={shape} onChange={(event) => setShape(event.target.value as DeskShape)}>
        {Object.entries(shapes).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      {data ? <Copyable name="the YAML" text={data.text} /> : !error && <Loading what="Writing it…" />}
      <Problem error={error} />
    </DialogFrame>
  )
}
