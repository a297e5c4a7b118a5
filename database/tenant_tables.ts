/** SQL that puts the tenant policy on tables holding `organisation_id`, forced so that their owner is bound too. */
export function guardTenantTables(...tables: string[]) {
  return tables
    .map(
      (table) => `
        alter table ${table} enable row level security;
        alter table ${table} force row level security;
        create policy tenant on ${table}
          using (organisation_id = (select app_organisation()))
          with check (organisation_id = (select app_organisation()));`
    )
    .join('\n')
}
