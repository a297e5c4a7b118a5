import { BaseSchema } from '@adonisjs/lucid/schema'

/** Seals: a Merkle root over every event whose transaction can no longer gain company. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(MERKLE)
    this.schema.raw(SEAL)
    this.schema.raw(SIGN)
    this.schema.raw(OVERSIGHT)
    this.schema.raw(ACCESS)
  }

  async down() {
    this.schema.raw(`
      drop trigger signed_at_commit on audit.seals;
      drop function audit.require_signature();
      drop function audit.resume_after_restore();
      drop function audit.unsealed();
      drop function audit.organisations();
      drop function audit.sign(uuid, bigint, text, bytea);
      drop function audit.seal(uuid, int);
      drop function audit.statement(audit.seals);
      drop function audit.merkle_root(bytea);
    `)
  }
}

/**
 * RFC 6962's tree, level by level: pairing neighbours and carrying an odd last node up gives
 * the same tree as the recursive definition. Hashes lie end to end in one bytea, because an
 * array would be walked from its start for each element.
 */
const MERKLE = `
  create function audit.merkle_root(p_leaves bytea) returns bytea language plpgsql immutable
  set search_path = pg_catalog, pg_temp as $$
  declare
    level bytea := p_leaves;
  begin
    if octet_length(level) = 0 then
      return sha256('');
    end if;
    while octet_length(level) > 32 loop
      level := (
        select string_agg(
          case octet_length(pair)
            when 64 then sha256(decode('01', 'hex') || pair)
            else pair
          end, ''::bytea order by i)
        from generate_series(0, (octet_length(level) - 1) / 64) i
          cross join lateral substring(level from i * 64 + 1 for 64) pair
      );
    end loop;
    return level;
  end $$;
`

/**
 * A seal covers transactions (from_txid, to_txid]; it takes p_limit events, and more only to
 * finish a transaction. The horizon is read after the lock, so it lies above the last seal;
 * if it does not, this database was restored from another cluster's dump.
 */
const SEAL = `
  create function audit.statement(p_seal audit.seals) returns text language sql stable as $$
    select concat_ws(chr(10), 'orchestrate audit seal 1',
      p_seal.organisation_id, p_seal.number, p_seal.from_txid, p_seal.to_txid,
      p_seal.event_count, p_seal.total_count, encode(p_seal.root, 'hex'),
      coalesce(encode(p_seal.prev_hash, 'hex'), '-'), audit.instant(p_seal.sealed_at))
  $$;
  create function audit.seal(p_organisation uuid, p_limit int) returns setof audit.seals
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
  declare
    previous audit.seals;
    seal audit.seals;
    horizon bigint;
    leaves bytea;
  begin
    perform pg_advisory_xact_lock(hashtextextended('audit.seal:' || p_organisation, 0));
    select * into previous from audit.seals
      where organisation_id = p_organisation order by number desc limit 1;
    horizon := audit.horizon();
    if previous.to_txid >= horizon then
      raise exception 'transaction numbers went backwards: this database was restored'
        using hint = 'run select audit.resume_after_restore() as orch_owner';
    end if;

    seal.organisation_id := p_organisation;
    seal.number := coalesce(previous.number, 0) + 1;
    seal.from_txid := coalesce(previous.to_txid, 0);
    seal.to_txid := (
      select max(due.txid) from (
        select txid from audit.events
        where organisation_id = p_organisation
          and txid > seal.from_txid and txid < horizon
        order by txid, seq limit p_limit
      ) due
    );
    if seal.to_txid is null then
      return;
    end if;
    select count(*), string_agg(event_hash, ''::bytea order by txid, seq)
      into seal.event_count, leaves
      from audit.events
      where organisation_id = p_organisation
        and txid > seal.from_txid and txid <= seal.to_txid;
    seal.total_count := coalesce(previous.total_count, 0) + seal.event_count;
    seal.root := audit.merkle_root(leaves);
    seal.prev_hash := previous.seal_hash;
    seal.sealed_at := clock_timestamp();
    seal.seal_hash := sha256(convert_to(audit.statement(seal), 'UTF8'));
    insert into audit.seals values (seal.*);
    return next seal;
  end $$;
`

/** The key lives outside the database; the deferred check keeps an unsigned seal out of it. */
const SIGN = `
  create function audit.sign(
    p_organisation uuid, p_number bigint, p_key_id text, p_signature bytea
  ) returns void language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp as $$
  begin
    insert into audit.checkpoints (organisation_id, seal_number, key_id, signature, signed_at)
    values (p_organisation, p_number, p_key_id, p_signature, clock_timestamp());
  end $$;
  create function audit.require_signature() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
  begin
    if not exists (
      select from audit.checkpoints
      where organisation_id = new.organisation_id and seal_number = new.number
    ) then
      raise exception 'a seal must be signed in the transaction that makes it';
    end if;
    return null;
  end $$;
  create constraint trigger signed_at_commit after insert on audit.seals
    deferrable initially deferred for each row execute function audit.require_signature();
`

/** Lists walk the index from organisation to organisation: their number is the cost. */
const OVERSIGHT = `
  create function audit.organisations() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with recursive organisation (id) as (
      (select organisation_id from audit.events order by organisation_id limit 1)
      union all
      select (
        select organisation_id from audit.events
        where organisation_id > organisation.id order by organisation_id limit 1
      )
      from organisation where organisation.id is not null
    )
    select id from organisation where id is not null
  $$;
  create function audit.unsealed() returns table (organisation_id uuid, since timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select organisation.id, oldest.occurred_at
    from audit.organisations() organisation (id)
    left join lateral (
      select to_txid from audit.seals
      where seals.organisation_id = organisation.id order by number desc limit 1
    ) last on true
    join lateral (
      select occurred_at from audit.events
      where events.organisation_id = organisation.id
        and txid > coalesce(last.to_txid, 0)
      order by txid, seq limit 1
    ) oldest on true
  $$;
  create function audit.resume_after_restore() returns bigint
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
  declare
    missing bigint;
  begin
    lock table audit.events in exclusive mode;
    missing := (select coalesce(max(txid), 0) from audit.events) - audit.txid() + 1;
    update audit.clock set lead = lead + missing where missing > 0;
    return (select lead from audit.clock);
  end $$;
`

const ACCESS = `
  revoke execute on all functions in schema audit from public;
  grant execute on function audit.seal(uuid, int), audit.sign(uuid, bigint, text, bytea),
    audit.statement(audit.seals), audit.organisations(), audit.unsealed() to orch_sealer;
`
