import { afterEach, expect, test, vi } from "vitest";
import { statedEnvironment } from "../../src/publish/stated-environment.ts";

afterEach(() => vi.unstubAllEnvs());

test("what the user has set for other projects does not reach our tools; where things come from does", () => {
  const steering = {
    NODE_ENV: "production",
    NODE_OPTIONS: "--require ./noise.cjs",
    NODE_PATH: "/elsewhere",
    PIP_USER: "1",
    PIP_TARGET: "/elsewhere",
    PYTHONPATH: "/elsewhere",
    PYTHONHOME: "/elsewhere",
    JUPYTER_PATH: "/elsewhere",
    JUPYTER_CONFIG_PATH: "/elsewhere",
    FORCE_COLOR: "1",
    DEBUG: "*",
  };
  const sources = {
    PATH: "/bin",
    HTTPS_PROXY: "http://proxy",
    PIP_INDEX_URL: "https://index",
    PIP_CERT: "/certs",
    NODE_EXTRA_CA_CERTS: "/certs",
    PYTHON: "/usr/bin/python3.12",
  };
  for (const [name, value] of Object.entries({ ...steering, ...sources })) vi.stubEnv(name, value);
  const environment = statedEnvironment({ PIP_USER: "0" });
  expect(environment).toMatchObject({ ...sources, PIP_USER: "0" });
  expect(Object.keys(steering).filter((name) => name !== "PIP_USER" && name in environment)).toEqual([]);
});
