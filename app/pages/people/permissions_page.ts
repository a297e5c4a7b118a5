import { permissions, type Ability, type Role } from '#policies/permissions'
import { abilities, roleColumns } from '#registries/abilities'

/** The table of abilities by roles that routes and policies themselves follow. */
export function permissionsState() {
  const roles = Object.entries(roleColumns)
  return {
    roles: roles.map(([, label]) => label),
    rows: (Object.keys(permissions) as Ability[]).map((ability) => ({
      label: abilities[ability],
      cells: roles.map(([role, label]) => ({
        label,
        allowed: (permissions[ability] as Role[]).includes(role as Role),
      })),
    })),
  }
}
