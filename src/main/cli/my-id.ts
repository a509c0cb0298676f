import { Problem } from '#service/problem.ts'
import type { Service } from '#service/service.ts'

/** The id that “me” stands for. Throws a `Problem` while nobody is signed in. */
export async function myId(service: Service): Promise<number> {
  const { me } = await service.client.app.status({})
  if (me) return me.id
  throw new Problem('failed', 'Nobody is signed in here yet. Connect your Zendesk first: understudy connect zendesk.')
}
