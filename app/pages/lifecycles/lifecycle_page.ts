import type { Viewer } from '#identity/viewer'
import { ruleLabels } from '#models/lifecycle/fields'
import type { LifecycleParts } from '#models/lifecycle/parts'
import { followersByVersion, followersOf } from '#models/lifecycle/usage'
import LifecycleTemplate from '#models/lifecycle_template'
import type LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import { historyOf } from '#pages/history'
import { settingsState } from '#pages/settings/settings_page'
import { day } from '#registries/formats'
import { renderMarkdown } from '#registries/markdown'
import * as terms from '#registries/terms'

const MOST_FOLLOWERS = 20

/** Every lifecycle of the organisation with its versions, newest first. */
export async function lifecycleListState(viewer: Viewer) {
  const versions = await LifecycleTemplate.query().orderBy('origin_id').orderBy('version', 'desc')
  const followers = await followersByVersion()
  const origins = [...new Set(versions.map(({ originId }) => originId))]
  return {
    ...settingsState('lifecycles', viewer),
    lifecycles: origins.map((origin) => {
      const own = versions.filter(({ originId }) => originId === origin)
      return {
        name: own[0].name,
        description: own[0].description,
        isOffered: own.some(({ status }) => status === 'published'),
        versions: own.map((version) => versionLine(version, followers.get(version.id) ?? 0)),
      }
    }),
  }
}

function versionLine(version: LifecycleTemplate, followers: number) {
  return {
    id: version.id,
    number: version.version,
    status: terms.lifecycleStatuses[version.status],
    publishedAt: version.publishedAt?.toISO(),
    followers: followers === 1 ? '1 project' : `${followers} projects`,
  }
}

/** Everything that the page of one version shows. */
export async function versionState(version: LifecycleTemplate, viewer: Viewer) {
  const parts = await version.parts()
  const versions = await LifecycleTemplate.query()
    .where('origin_id', version.originId)
    .orderBy('version', 'desc')
  const followers = await followersOf(version, MOST_FOLLOWERS)
  const manage = viewer.can('governance.manage')
  return {
    url: `/settings/lifecycles/${version.id}`,
    version: {
      ...version.serialize(),
      title: version.title,
      status: terms.lifecycleStatuses[version.status],
      isDraft: version.isDraft,
      descriptionHtml: renderMarkdown(version.description),
      publishedOn: version.publishedAt && day(version.publishedAt),
    },
    stages: stagesState(parts),
    counts: countsOf(parts),
    versions: versions.map((one) => ({
      ...versionLine(one, 0),
      isThis: one.id === version.id,
    })),
    draftId: versions.find(({ status }) => status === 'draft')?.id,
    followers: followers.slice(0, MOST_FOLLOWERS),
    moreFollowers: followers.length > MOST_FOLLOWERS,
    history: await historyOf({ entityType: 'lifecycle', entityId: version.id }, viewer, {
      limit: 10,
    }),
    can: {
      edit: manage && version.isDraft,
      publish: manage && version.isDraft && parts.gates.length > 0,
      begin: manage && !version.isDraft,
      retire: manage && version.status === 'published',
    },
  }
}

function countsOf({ stages, gates, criteria }: LifecycleParts) {
  return [
    stages.length === 1 ? '1 stage' : `${stages.length} stages`,
    gates.length === 1 ? '1 gate' : `${gates.length} gates`,
    criteria.length === 1 ? '1 criterion' : `${criteria.length} criteria`,
  ].join(', ')
}

function stagesState({ stages, gates, criteria }: LifecycleParts) {
  return stages.map((stage, index) => {
    const gate = gates.find(({ stageId }) => stageId === stage.id)
    return {
      ...placed(stage, index, stages.length),
      name: stage.name,
      gate: gate && {
        id: gate.id,
        name: gate.name,
        purpose: gate.purpose,
        criteria: criteriaState(criteria.filter(({ gateId }) => gateId === gate.id)),
      },
    }
  })
}

function criteriaState(criteria: LifecycleTemplateCriterion[]) {
  return criteria.map((criterion, index) => ({
    ...placed(criterion, index, criteria.length),
    title: criterion.title,
    guidance: criterion.guidance,
    weight: terms.weights[criterion.weight],
    check: checkInWords(criterion),
  }))
}

/** A rule is named only if the criterion does not say the same. */
function checkInWords({ rule, title, evidenceRequired }: LifecycleTemplateCriterion) {
  if (!rule) return evidenceRequired ? 'Judged by a person, needs evidence' : 'Judged by a person'
  const label = ruleLabels[rule] ?? rule
  return label === title ? 'Checked on live data' : `Checked on live data: ${label}`
}

/** The first cannot move up, nor the last down. */
function placed({ id }: { id: string }, index: number, count: number) {
  return { id, up: index > 0, down: index < count - 1 }
}
