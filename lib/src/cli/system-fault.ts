/** Why the system refused, and what to do about it, by its code. */
const faults: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  EMFILE: ["too many files are open", "raise the limit, as with `ulimit -n 1024`"],
  ENFILE: ["too many files are open on this machine", "end other programs"],
  ENOSPC: ["disk is full", "free some space and run the same command again"],
  EDQUOT: ["disk quota is used up", "free some space and run the same command again"],
  EFBIG: ["file is larger than its disk allows", "choose a folder on another disk"],
  EROFS: ["disk is read-only", "choose another folder"],
  EACCES: ["access is denied", "correct the permissions, or choose another path"],
  EPERM: ["access is denied", "correct the permissions, or choose another path"],
  ENOENT: ["file or folder is missing", "restore it, or choose another path"],
  ENOTDIR: ["a file stands where a folder must be", "move it away, or choose another path"],
  EISDIR: ["a folder stands where a file must be", "move it away, or choose another path"],
  ERR_FS_EISDIR: ["a folder stands where a file must be", "move it away, or choose another path"],
  EEXIST: ["something else stands there already", "move it away, or choose another path"],
  ENOTEMPTY: ["folder is not empty", "move away what is in it, or choose another path"],
  EBUSY: ["another program uses it", "end that program, or choose another path"],
  ETXTBSY: ["program is being written or run", "run the same command again later"],
  EXDEV: ["path leads to another disk", "choose one on the same disk"],
  ELOOP: ["link leads to itself", "remove it, or choose another path"],
  ENAMETOOLONG: ["path is too long", "choose a shorter one"],
  ENXIO: ["no other program answers there", "choose a regular file"],
  ENODEV: ["no device answers there", "choose a regular file"],
  EIO: ["disk does not answer as it must", "look at the system's log"],
  ESTALE: ["network disk does not know the file any more", "mount it anew and run the same command again"],
  ENOMEM: ["memory is used up", "end other programs"],
  EAGAIN: ["no further process can be started", "end other programs, or raise the limit with `ulimit -u`"],
  ECONNREFUSED: ["nothing answers there", "start the server, or correct its address"],
  ECONNRESET: ["connection was broken off", "run the same command again once the server answers"],
  EPIPE: ["other end has gone away", "run the same command again once it answers"],
  ETIMEDOUT: ["no answer came in time", "look at the network and the server, and run the same command again"],
  EHOSTUNREACH: ["host cannot be reached", "look at the network, or correct the address"],
  ENETUNREACH: ["network cannot be reached", "look at the network, or correct the address"],
  ENOTFOUND: ["name of a host is not known", "correct the address, or look at the network"],
  EAI_AGAIN: [
    "names of hosts cannot be looked up for now",
    "look at the network and run the same command again",
  ],
  EADDRINUSE: ["port is in use by another program", "choose another, or end that program"],
  EADDRNOTAVAIL: ["address is none of this machine's", "correct it"],
};

/**
 * Tells in one sentence what the system refused, with its place and a remedy; null for any other error. Looks into causes
 * too, and into what was tried at several addresses: a library may have wrapped what the system said.
 */
export function describeSystemFault(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof AggregateError) return describeSystemFault(error.errors[0]);
  const { code, syscall, cause, ...place } = error as SystemError;
  const known = code === undefined || syscall === undefined ? undefined : faults[code];
  if (known === undefined) return describeSystemFault(cause);
  const [problem, remedy] = known;
  return `${problem} (${code}): ${placeOf(place) ?? nameOf(syscall)}; ${remedy}`;
}

/** What Node adds of the place to what it declares, be it a path or somewhere in the network. */
interface SystemError extends NodeJS.ErrnoException {
  readonly dest?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

/** Names what was asked of the system without a place: the folder that a command was started in may be gone. */
function nameOf(syscall: string | undefined): string | undefined {
  return syscall === "uv_cwd" ? "working folder" : syscall;
}

function placeOf({ path, dest, address, port, hostname }: Partial<SystemError>): string | undefined {
  if (path !== undefined) return dest === undefined ? path : `${path} to ${dest}`;
  return address === undefined || port === undefined ? (address ?? hostname) : `${address}:${port}`;
}
