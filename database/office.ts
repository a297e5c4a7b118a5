/**
 * SQL that makes functions through which the back office reads across organisations: they belong to the role
 * that may only read, and the application may call them.
 */
export function doors(functions: string, ...signatures: string[]) {
  const each = signatures.map(
    (signature) => `
      revoke all on function ${signature} from public;
      grant execute on function ${signature} to orch_app;`
  )
  return `
    grant create on schema office to orch_office;
    set local role orch_office;
    ${functions}
    ${each.join('')}
    reset role;
    revoke create on schema office from orch_office;`
}
