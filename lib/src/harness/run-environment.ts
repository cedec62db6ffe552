/** Variables that would decide what a run measures: the runtime's, PostgreSQL's, proxies, locale and time zone. */
const deciding = /^(NODE_.+|UV_.+|PG[A-Z]+|(https?|all|no)_proxy|LANG|LANGUAGE|LC_.+|TZ)$/i;

const stated = { LC_ALL: "C", TZ: "UTC" } as const;

/** Returns the environment of a run's process: the user's, but what would decide the measurement is the same everywhere. */
export function runEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !deciding.test(name));
  return { ...Object.fromEntries(kept), ...stated };
}

/** Warns of variables by which the user may have meant to change a measurement. Locale and time zone are set on any host. */
export function environmentWarnings(env: NodeJS.ProcessEnv = process.env): string[] {
  const telling = /^(NODE_OPTIONS|UV_.+|PG[A-Z]+|(https?|all|no)_proxy)$/i;
  const names = Object.keys(env).filter((name) => telling.test(name) && env[name] !== "");
  return names.length === 0 ? [] : [`not passed on to what is measured: ${names.sort().join(", ")}`];
}
