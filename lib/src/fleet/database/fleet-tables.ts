import type { Database } from "./connection.ts";

/** Group of all hosts' roles. */
export const hostGroup = "fleet_host";

/** Most bytes of one part. */
export const partLimitBytes = 64 * 2 ** 20;

/** Names the database role of a host. */
export function hostRole(label: string): string {
  return `fleet_${label}`;
}

/**
 * What a fleet knows besides its queues. A host sees and writes its own rows alone, adds answers, and changes none; the
 * content of a part is checked against its address by the server.
 *
 *     host ──< campaign ──< answer >── part >── store
 */
const tables = `
CREATE TABLE fleet.host (
  label text PRIMARY KEY CHECK (label ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  enrolled timestamptz NOT NULL DEFAULT now(),
  closed timestamptz,
  places integer NOT NULL DEFAULT 0,
  session integer NOT NULL DEFAULT 0,
  seen timestamptz,
  held_until timestamptz,
  facts json,
  note text
);
CREATE TABLE fleet.campaign (
  host text NOT NULL REFERENCES fleet.host,
  plan text NOT NULL,
  place integer NOT NULL,
  planned integer NOT NULL,
  expected_ms double precision NOT NULL,
  identity json NOT NULL,
  restriction json NOT NULL,
  workers json NOT NULL,
  fixed boolean NOT NULL,
  begun json,
  ended json,
  PRIMARY KEY (host, plan)
);
CREATE TABLE fleet.part (
  sha256 text PRIMARY KEY CHECK (sha256 = encode(sha256(bytes), 'hex')),
  bytes bytea NOT NULL CHECK (octet_length(bytes) <= ${partLimitBytes})
);
ALTER TABLE fleet.part ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE fleet.answer (
  host text NOT NULL,
  plan text NOT NULL,
  run integer NOT NULL,
  attempt integer NOT NULL,
  standing text NOT NULL CHECK (standing IN ('accepted', 'late')),
  part text REFERENCES fleet.part,
  invalid_reason text,
  took_ms double precision NOT NULL,
  received timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (host, plan, run, attempt),
  FOREIGN KEY (host, plan) REFERENCES fleet.campaign
);
CREATE UNIQUE INDEX answer_accepted ON fleet.answer (host, plan, run) WHERE standing = 'accepted';
CREATE INDEX answer_part ON fleet.answer (part);
`;

const rights = `
GRANT USAGE ON SCHEMA fleet, pgboss TO ${hostGroup};
GRANT SELECT ON pgboss.version, pgboss.queue TO ${hostGroup};
GRANT SELECT, UPDATE (session, seen, held_until, facts, note) ON fleet.host TO ${hostGroup};
GRANT SELECT, UPDATE (begun, ended) ON fleet.campaign TO ${hostGroup};
GRANT SELECT, INSERT ON fleet.answer, fleet.part TO ${hostGroup};
ALTER TABLE fleet.host ENABLE ROW LEVEL SECURITY;
ALTER TABLE fleet.campaign ENABLE ROW LEVEL SECURITY;
ALTER TABLE fleet.answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE fleet.part ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON fleet.host TO ${hostGroup} USING ('fleet_' || label = current_user AND closed IS NULL);
CREATE POLICY own ON fleet.campaign TO ${hostGroup} USING ('fleet_' || host = current_user);
CREATE POLICY own ON fleet.answer TO ${hostGroup} USING ('fleet_' || host = current_user);
CREATE POLICY written ON fleet.part FOR INSERT TO ${hostGroup} WITH CHECK (true);
CREATE POLICY own ON fleet.part FOR SELECT TO ${hostGroup} USING (EXISTS (
  SELECT FROM fleet.answer WHERE part = part.sha256 AND 'fleet_' || host = current_user
));
`;

/**
 * Lets parts lie outside the database: the row then says how many bytes lie where. The server cannot see those, so it holds
 * their address to the form of a hash, and whoever reads them checks it. A place that parts refer to cannot be changed.
 */
const partsElsewhere = `
CREATE TABLE fleet.store (
  sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
  url text NOT NULL UNIQUE
);
GRANT SELECT ON fleet.store TO ${hostGroup};
ALTER TABLE fleet.part
  ALTER COLUMN bytes DROP NOT NULL,
  ADD COLUMN size integer CHECK (size BETWEEN 0 AND ${partLimitBytes}),
  ADD COLUMN store text REFERENCES fleet.store (url),
  ADD CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  ADD CHECK ((bytes IS NULL) = (store IS NOT NULL) AND (bytes IS NULL) = (size IS NOT NULL));
`;

/** Makes the fleet's tables where there are none, and what an earlier version did not have; pg-boss's must be there. */
export async function makeFleetTables(database: Database): Promise<void> {
  await database.transaction(async (within) => {
    await within.query("SELECT pg_advisory_xact_lock(hashtext('scheduling-safety fleet'))");
    const [schema] = await within.query("SELECT FROM pg_namespace WHERE nspname = 'fleet'");
    if (!schema) {
      const [group] = await within.query("SELECT FROM pg_roles WHERE rolname = $1", [hostGroup]);
      if (!group) await within.query(`CREATE ROLE ${hostGroup} NOLOGIN`);
      await within.query(`CREATE SCHEMA fleet; ${tables} ${rights}`);
    }
    const [store] = await within.query(
      "SELECT FROM pg_tables WHERE schemaname = 'fleet' AND tablename = 'store'",
    );
    if (!store) await within.query(partsElsewhere);
  });
}
