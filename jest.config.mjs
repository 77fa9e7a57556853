// One transform for all: swc, to CommonJS. ESM-only packages are transformed too, since jest requires CommonJS.
const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.[cm]?[jt]sx?$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript", tsx: true },
          transform: { react: { runtime: "automatic" } },
        },
        module: { type: "commonjs" },
      },
    ],
  },
  transformIgnorePatterns: [
    "/node_modules/(?!(echarts|zrender|htmlparser2|domhandler|domutils|dom-serializer|entities|domelementtype)/)",
  ],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.data/"],
};

export default {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/{core,client,mini-program,desk,web,scripts}/**/*.test.{ts,tsx}"],
    },
    {
      ...shared,
      displayName: "server",
      testMatch: ["<rootDir>/server/**/*.test.ts"],
      globalSetup: "<rootDir>/tests/server-setup.ts",
      globalTeardown: "<rootDir>/tests/server-teardown.ts",
    },
    {
      ...shared,
      displayName: "journeys",
      testMatch: ["<rootDir>/tests/journeys/**/*.test.ts"],
      globalSetup: "<rootDir>/tests/server-setup.ts",
      globalTeardown: "<rootDir>/tests/server-teardown.ts",
    },
  ],
};
