/** Why the system refused, and what to do about it, by its code. */
const faults: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  EMFILE: ["too many files are open", "raise the limit, as with `ulimit -n 1024`"],
  ENFILE: ["too many files are open on this machine", "end other programs"],
  ENOSPC: ["disk is full", "free some space and run the same command again"],
  EDQUOT: ["disk quota is used up", "free some space and run the same command again"],
  EROFS: ["disk is read-only", "choose another folder"],
  EACCES: ["access is denied", "correct the permissions, or choose another path"],
  EPERM: ["access is denied", "correct the permissions, or choose another path"],
  ENOENT: ["file or folder is missing", "restore it, or choose another path"],
  ENOTDIR: ["a file stands where a folder must be", "move it away, or choose another path"],
  EISDIR: ["a folder stands where a file must be", "move it away, or choose another path"],
  ENOTEMPTY: ["a folder stands where a file must be", "move it away, or choose another path"],
  ELOOP: ["link leads to itself", "remove it, or choose another path"],
  ENAMETOOLONG: ["path is too long", "choose a shorter one"],
  EIO: ["disk does not answer as it must", "look at the system's log"],
  ENOMEM: ["memory is used up", "end other programs"],
  EAGAIN: ["no further process can be started", "end other programs, or raise the limit with `ulimit -u`"],
};

/**
 * Tells in one sentence what the system refused, with path and remedy; null for any other error. Looks into causes too:
 * a library may have wrapped what the system said.
 */
export function describeSystemFault(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, path, syscall, cause } = error as NodeJS.ErrnoException;
  const known = code === undefined || syscall === undefined ? undefined : faults[code];
  if (known === undefined) return describeSystemFault(cause);
  const [problem, remedy] = known;
  return `${problem} (${code}): ${path ?? syscall}; ${remedy}`;
}
