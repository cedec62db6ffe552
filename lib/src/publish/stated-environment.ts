/** What would decide, in the user's stead, where tools install to, what they load, and what they print. */
const STEERING = [
  /^NODE_(?!EXTRA_CA_CERTS$)/,
  /^PYTHON(?!$)/, // PYTHON itself names the interpreter to use
  /^(?:JUPYTER|IPYTHON)/,
  /^PIP_(?:USER|TARGET|PREFIX|ROOT|PYTHON|DRY_RUN|NO_DEPS|REQUIREMENT|CONSTRAINT|ONLY_BINARY|NO_BINARY|REPORT|LOG)$/,
  /^(?:FORCE_COLOR|NO_COLOR|CLICOLOR\w*|DEBUG)$/,
];

/**
 * Makes the environment of a tool that we start: the user's for where things come from (PATH, proxies, certificates,
 * package indexes), ours for what the tool does.
 */
export function statedEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !STEERING.some((rule) => rule.test(name)));
  return { ...Object.fromEntries(kept), ...own };
}
