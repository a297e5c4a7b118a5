import { randomBytes } from 'node:crypto'
import { canonical, sha256 } from '#models/pack/canonical'
import { SECTIONS, type Content, type Section, type SectionName } from '#models/pack/content'
import { conditionsSection } from '#models/pack/sections/conditions'
import { criteriaSection } from '#models/pack/sections/criteria'
import { gateSection } from '#models/pack/sections/gate'
import { raidSections } from '#models/pack/sections/raid'
import { statusSection } from '#models/pack/sections/status'
import type Gate from '#models/gate'
import { readinessOf } from '#models/gate/readiness'
import type Project from '#models/project'

type PackHeader = {
  organisation: string
  project: string
  gate: string
  review: string
  round: number
  submitted_by: string
  submitted_at: string
}

type SealedSection = { name: SectionName; body: string; sha256: string }

/** A stored pack: a manifest that names the hash of each section, and the sections. */
export type SealedPack = { manifest: string; sha256: string; sections: SealedSection[] }

/** What a pack of the gate would contain now. The number of queries does not grow with the project. */
export async function contentOf(project: Project, gate: Gate): Promise<Content> {
  const readiness = await readinessOf(project, gate)
  return {
    gate: await gateSection(project, gate),
    criteria: criteriaSection(readiness),
    ...(await raidSections(project)),
    status: await statusSection(project, gate, readiness),
    conditions: await conditionsSection(project),
  }
}

/** Freezes content. Sections are hashed separately, so that withholding one does not hide the others. */
export function sealed(header: PackHeader, content: Content): SealedPack {
  const sections = SECTIONS.map((name) => sealedSection(name, content[name]))
  const manifest = canonical({
    kind: 'orchestrate gate pack',
    format: 1,
    ...header,
    sections: Object.fromEntries(sections.map((section) => [section.name, section.sha256])),
  })
  return { manifest, sha256: sha256(manifest), sections }
}

/** The salt keeps a withheld section from being guessed from its hash. */
function sealedSection(name: SectionName, { facts, lists }: Section): SealedSection {
  const body = canonical({
    section: name,
    format: 1,
    salt: randomBytes(16).toString('hex'),
    facts,
    lists,
  })
  return { name, body, sha256: sha256(body) }
}

/** A section as it was submitted. */
export function readSection(body: string): Section {
  const { facts, lists } = JSON.parse(body)
  return { facts, lists }
}
