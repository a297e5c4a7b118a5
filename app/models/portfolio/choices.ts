import type { Viewer } from '#identity/viewer'
import { byName } from '#models/text/names'
import { visibleProjectIds } from '#models/project/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type PortfolioChoices = {
  programmes: { id: string; code: string; name: string }[]
  managers: { id: string; name: string }[]
  stages: string[]
}

/** What the filters offer: only values that some visible project has. */
export async function portfolioChoices(viewer: Viewer): Promise<PortfolioChoices> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions().add(
    'projects.organisation_id = ? and not projects.is_sample',
    organisationId
  )
  const visible = visibleProjectIds(viewer)
  if (visible) conditions.add(`projects.id in (${visible[0]})`, ...visible[1])
  const [found] = await read<PortfolioChoices>(trx, CHOICES.replace('VISIBLE', conditions.text), [
    ...conditions.values,
    organisationId,
    organisationId,
    organisationId,
  ])
  return { ...found, managers: byName(found.managers) }
}

const CHOICES = `
  with shown as materialized (
    select projects.programme_id, projects.manager_id, projects.stage_id from projects where VISIBLE)
  select
    (select coalesce(json_agg(json_build_object('id', p.id, 'code', p.code, 'name', p.name) order by p.code), '[]')
      from programmes p where p.organisation_id = ? and p.id in (select programme_id from shown)) as programmes,
    (select coalesce(json_agg(json_build_object('id', m.id, 'name', u.name) order by m.id), '[]')
      from memberships m join users u on u.id = m.user_id
      where m.organisation_id = ? and m.id in (select manager_id from shown)) as managers,
    (select coalesce(json_agg(distinct s.name), '[]')
      from stages s where s.organisation_id = ? and s.id in (select stage_id from shown)) as stages`
