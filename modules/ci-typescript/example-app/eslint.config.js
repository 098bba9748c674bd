import js from "@eslint/js"

export default [
  { ignores: ["dist"] },
  js.configs.recommended,
  { languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } } },
]
