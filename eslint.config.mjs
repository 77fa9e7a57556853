import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";
import { structure } from "./scripts/lint/structure.mjs";

/** Rooms from the lowest floor up: none asks one of a higher floor, nor another one of its own. */
function floors(folder, storeys) {
  const rooms = storeys.flatMap((storey, height) => storey.map((room) => ({ room, height })));
  return rooms
    .map(({ room, height }) => ({
      target: `${folder}/${room}/**/!(*.test).ts`,
      from: rooms
        .filter((other) => other.room !== room && other.height >= height)
        .map((other) => `${folder}/${other.room}`),
    }))
    .filter(({ from }) => from.length > 0);
}

/** Who may import whom (docs/architecture.md): `from` may not be imported by `target`. */
const zones = [
  {
    target: "./core",
    from: ["./client", "./mini-program", "./web", "./server", "./desk", "./scripts", "./tests", "./bench"],
  },
  { target: "./client", from: ["./mini-program", "./web", "./server", "./desk", "./scripts", "./tests", "./bench"] },
  { target: "./mini-program", from: ["./web", "./server", "./desk", "./scripts", "./tests", "./bench"] },
  { target: "./web", from: ["./mini-program", "./server", "./desk", "./scripts", "./tests", "./bench"] },
  {
    target: "./server/**/!(*.test).ts",
    from: ["./client", "./mini-program", "./web", "./desk", "./scripts", "./bench"],
  },
  {
    target: "./desk/**/!(*.test).ts",
    from: ["./client", "./mini-program", "./web", "./server", "./scripts", "./bench"],
  },
  {
    target: ["./server/domain", "./server/database", "./server/dingtalk", "./server/analytics"],
    from: ["./server/routes", "./server/jobs", "./server/middleware"],
  },
  { target: ["./server/database", "./server/dingtalk", "./server/analytics"], from: ["./server/domain"] },
  { target: "./server/routes", from: ["./server/database", "./server/dingtalk", "./server/analytics"] },
  ...floors("./server/domain", [
    ["access"],
    ["session", "report", "source"],
    ["enterprise", "dataset"],
    ["people"],
    ["sync"],
    ["event"],
  ]),
];

const environmentReaders = [
  "server/config.ts",
  "desk/config.ts",
  "scripts/config.ts",
  "scripts/*.mjs",
  "**/*.test.ts",
  "tests/**",
];

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Only a process's config.ts reads the environment.",
};
const noDd = { selector: "Identifier[name='dd']", message: "`dd` appears only in mini-program/dingtalk." };

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", ".data/", "coverage/", "desk/runtime/example/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX, structure },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "structure/no-circle": "error",
      "structure/folder-width": ["error", { max: 28 }],
      "import-x/no-restricted-paths": ["error", { zones }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 11],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description" }],
      eqeqeq: ["error", "always"],
      "no-console": "error",
    },
  },
  {
    files: ["{core,client,server,desk,web,mini-program,scripts,bench}/**/*.{ts,tsx}"],
    ignores: environmentReaders,
    rules: { "no-restricted-syntax": ["error", noEnvironment] },
  },
  {
    files: ["mini-program/**/*.ts", "client/**/*.ts", "core/**/*.ts"],
    ignores: ["mini-program/dingtalk/**", "**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", noEnvironment, noDd] },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["web/dingtalk/**", "mini-program/dingtalk/**", "**/*.test.ts", "tests/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["dingtalk-jsapi", "dingtalk-jsapi/*"],
              message: "dingtalk-jsapi appears only in web/dingtalk (types also in mini-program/dingtalk).",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["scripts/**", "bench/**", "desk/**/main.ts", "server/admin.ts", "server/main.ts", "tests/**"],
    rules: { "no-console": "off" },
  },
);
