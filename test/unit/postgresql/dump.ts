/** All that a PostgreSQL database holds besides rows, as lines that can be compared. */
import { session } from "../../support/postgres/database.ts";

export async function dump(url: string): Promise<readonly string[]> {
  return session(url, async (client) => {
    // So that every name is written with its schema.
    await client.query("SET search_path = ''");
    const { rows } = await client.query<{ line: string }>(asked.join("\nUNION ALL\n"));
    return rows.map(({ line }) => line).sort();
  });
}

const theirs = "NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_%'";
const relation = "pg_class.oid::regclass::text";
const relations = `pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace AND nspname ${theirs}`;

/** What others than the owner may do. */
const privileges = (acl: string, owner: string) =>
  `(SELECT string_agg(concat_ws(' ', CASE WHEN grantee = 0 THEN 'public' ELSE grantee::regrole::text END,
      lower(privilege_type), CASE WHEN is_grantable THEN 'and grant it' END), ', ' ORDER BY grantee, privilege_type)
    FROM aclexplode(${acl}) WHERE grantee <> ${owner})`;

const asked = [
  `SELECT concat_ws(' ', 'schema', nspname, ${privileges("nspacl", "nspowner")}) AS line
    FROM pg_namespace WHERE nspname ${theirs} AND nspname <> 'public'`,
  "SELECT concat_ws(' ', 'extension', extname, extversion) FROM pg_extension",
  `SELECT concat_ws(' ', 'relation', ${relation}, relkind, reloptions, amname, ${privileges("relacl", "relowner")},
      CASE WHEN relrowsecurity THEN 'secured' END, CASE WHEN relforcerowsecurity THEN 'forced' END,
      CASE WHEN NOT relispopulated THEN 'empty' END) FROM ${relations} LEFT JOIN pg_am ON pg_am.oid = relam`,
  `SELECT concat_ws(' ', 'column', ${relation}, '"' || attname || '"', format_type(atttypid, atttypmod),
      CASE WHEN attnotnull THEN 'not null' END, CASE WHEN attidentity <> '' THEN 'identity ' || attidentity::text END,
      CASE WHEN attgenerated <> '' THEN 'generated ' || attgenerated::text END,
      CASE WHEN collname <> 'default' THEN 'collate ' || collname END,
      '= ' || pg_get_expr(adbin, adrelid), ${privileges("attacl", "relowner")})
    FROM pg_attribute JOIN (${relations}) ON pg_class.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm')`,
  `SELECT concat_ws(' ', 'constraint', ${relation}, quote_ident(conname), pg_get_constraintdef(pg_constraint.oid))
    FROM pg_constraint JOIN (${relations}) ON pg_class.oid = conrelid WHERE contype <> 'n'`,
  `SELECT concat_ws(' ', 'index', ${relation}, pg_get_indexdef(pg_class.oid), CASE WHEN NOT indisvalid THEN 'invalid' END)
    FROM pg_index JOIN (${relations}) ON pg_class.oid = indexrelid`,
  `SELECT concat_ws(' ', 'enum', pg_type.oid::regtype, ${privileges("coalesce(typacl, acldefault('T', typowner))", "typowner")},
      (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = pg_type.oid))
    FROM pg_type WHERE typtype = 'e'`,
  `SELECT concat_ws(' ', 'sequence', seqrelid::regclass, seqtypid::regtype, 'from', seqstart, 'by', seqincrement,
      'up to', seqmax, 'down to', seqmin, 'cache', seqcache, CASE WHEN seqcycle THEN 'cycle' END) FROM pg_sequence`,
  `SELECT concat_ws(' ', 'view', ${relation}, regexp_replace(pg_get_viewdef(pg_class.oid), '(\\s|users\\.)+', ' ', 'g'))
    FROM ${relations} WHERE relkind IN ('v', 'm')`,
  `SELECT concat_ws(' ', 'policy', polrelid::regclass, quote_ident(polname), polcmd, CASE WHEN polpermissive THEN 'permissive' END,
      'to', (SELECT string_agg(CASE WHEN role = 0 THEN 'public' ELSE role::regrole::text END, ', ') FROM unnest(polroles) AS role),
      'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid)) FROM pg_policy`,
  `SELECT concat_ws(' ', 'comment', type, identity, description)
    FROM pg_description, pg_identify_object(classoid, objoid, objsubid) WHERE objoid >= 16384 AND identity <> 'plpgsql'`,
  `SELECT concat_ws(' ', 'role', quote_ident(rolname), rolcanlogin, rolcreatedb, rolcreaterole, rolinherit, rolbypassrls,
      shobj_description(oid, 'pg_authid')) FROM pg_roles WHERE rolname ILIKE 'golden%'`,
] as const;
