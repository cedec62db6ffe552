/**
 * What a run's process needs of the user's environment: where programs, a home and a place for temporary files are, and what
 * Windows or the loader of NixOS cannot start a program without. Everything else may decide what a run measures.
 */
const needed =
  /^(PATH|HOME|USER|LOGNAME|TMPDIR|TMP|TEMP|PATHEXT|COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|NIX_LD|NIX_LD_LIBRARY_PATH)$/i;

const stated = { LC_ALL: "C", TZ: "UTC" } as const;

/** Returns the environment of a run's process: what it needs of the user's, and the same everywhere of what decides. */
export function runEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => needed.test(name));
  return { ...Object.fromEntries(kept), ...stated };
}

/** What a user sets to change the runtime, the loader, memory, the network, cryptography or what servers and libraries do. */
const telling =
  /^(NODE_OPTIONS|NODE_DEBUG|UV_.+|PG[A-Z]+|(https?|ftp|all|no)_proxy|(LD|DYLD)_.+|MALLOC_.+|GLIBC_TUNABLES|RES_OPTIONS|LOCALDOMAIN|HOSTALIASES|OPENSSL_.+|DEBUG|TOKIO_.+)$/i;

/** Warns of variables by which the user may have meant to change a measurement. Locale and time zone are set on any host. */
export function environmentWarnings(env: NodeJS.ProcessEnv = process.env): string[] {
  const names = Object.keys(env).filter((name) => telling.test(name) && env[name] !== "");
  return names.length === 0 ? [] : [`not passed on to what is measured: ${names.sort().join(", ")}`];
}
