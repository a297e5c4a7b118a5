import {
  bodyOf,
  choice,
  directed,
  paged,
  partOf,
  PROJECT,
  word,
} from '#controllers/api/operations/operation'
import { membershipStatuses } from '#models/membership'
import { projectStatuses } from '#models/project/states'
import type { Operation } from '#pages/api/operation'
import { listSchemaOf } from '#pages/api/paging'
import { memberShape, projectMemberShape } from '#pages/api/people'
import { projectShape } from '#pages/api/projects'
import { schemaOf } from '#pages/api/shape'
import { holderShape } from '#pages/api/token'
import { organisationRoles } from '#policies/permissions'
import { storeProject, updateProject } from '#validators/project'

export const projectOperations: Record<string, Operation> = {
  'GET /token': {
    tag: 'Token',
    summary: 'Who the token acts for, and what it allows',
    scope: null,
    answer: schemaOf(holderShape),
  },
  'GET /projects': {
    tag: 'Projects',
    summary: 'Projects that you can see',
    scope: 'projects:read',
    query: {
      q: word('Part of a code or name'),
      status: choice(projectStatuses, 'One status'),
      sort: choice(['code', 'name'], 'How to sort the list'),
      ...directed,
      ...paged,
    },
    answer: listSchemaOf(projectShape),
  },
  'POST /projects': {
    tag: 'Projects',
    summary: 'Create a project',
    scope: 'projects:write',
    body: bodyOf(storeProject),
    answer: schemaOf(projectShape),
  },
  [`GET ${PROJECT}`]: {
    tag: 'Projects',
    summary: 'One project',
    scope: 'projects:read',
    answer: schemaOf(projectShape),
  },
  [`PATCH ${PROJECT}`]: {
    tag: 'Projects',
    summary: 'Change a project',
    scope: 'projects:write',
    body: partOf(bodyOf(updateProject)),
    answer: schemaOf(projectShape),
    isVersioned: true,
  },
  [`GET ${PROJECT}/members`]: {
    tag: 'People',
    summary: 'Roles in a project, besides its manager and sponsor',
    scope: 'projects:read',
    query: paged,
    answer: listSchemaOf(projectMemberShape),
  },
  'GET /members': {
    tag: 'People',
    summary: 'Members of the organisation',
    scope: 'members:read',
    query: {
      q: word('Part of a name'),
      role: choice(organisationRoles, 'One role'),
      status: choice(membershipStatuses, 'One status'),
      ...paged,
    },
    answer: listSchemaOf(memberShape),
  },
}
