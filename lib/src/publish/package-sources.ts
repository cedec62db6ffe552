import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
import { UsageError } from "../measure/study-error.ts";

/** Settings of pip that say where packages come from, and nothing of where they go or what is done with them. */
const SOURCES = [
  ...["index-url", "extra-index-url", "no-index", "find-links", "trusted-host"],
  ...["cert", "client-cert", "proxy", "keyring-provider", "cache-dir", "timeout", "default-timeout"],
];
/** Where pip reads settings for `install`; what comes later counts. */
const SECTIONS = ["global", "install", ":env:"];

/**
 * Makes the environment in which pip takes packages from where the user's settings say, whether these stand in files or in
 * variables, and reads none of the settings again.
 *
 * @throws UsageError if pip cannot read them
 */
export function packageSources(python: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const listed = spawnSync(python, ["-m", "pip", "config", "list"], { env, encoding: "utf8" });
  if (listed.status !== 0) {
    throw new UsageError(`settings of pip must be readable; correct them, or unset them\n${listed.stderr}`);
  }
  const settings = new Map(listed.stdout.split("\n").map(setting));
  const sources = SOURCES.flatMap((name) => {
    const value = SECTIONS.map((section) => settings.get(`${section}.${name}`)).findLast((each) => each);
    return value === undefined ? [] : [[`PIP_${name.replaceAll("-", "_").toUpperCase()}`, value] as const];
  });
  const others = Object.entries(env).filter(([name]) => !name.startsWith("PIP_"));
  return { ...Object.fromEntries([...others, ...sources]), PIP_CONFIG_FILE: devNull };
}

/** Reads a line such as `global.index-url='https://example.org'`; several values stand on lines of their own, which Python spells \n. */
function setting(line: string): [string, string] {
  const [, name = "", value = ""] = /^([^=]+)=['"](.*)['"]$/.exec(line.trim()) ?? [];
  return [name, value.replaceAll("\\n", " ").trim()];
}
