import prettier from 'eslint-config-prettier/flat';
import vue from 'eslint-plugin-vue';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PURE = ['src/units/**', 'src/catalog/**', 'src/engine/**', 'src/quote/**', 'src/project/**', 'src/contract/**'];

/** Imports that a folder may never make; the full arrows stand in .dependency-cruiser.cjs. */
const forbidImports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const HOST_MODULES = { regex: '^(node:|electron($|/))', message: 'This folder knows no host; pass what it needs as an argument.' };
const ELECTRON = { regex: '^electron($|/)', message: 'Only src/main and src/preload may import Electron.' };
const ABOVE = (folders) => ({
  regex: `^(\\.\\./)+(${folders})(/|$)`,
  allowTypeImports: false,
  message: 'Imports point down; see ARCHITECTURE.md.',
});

export default defineConfig([
  globalIgnores(['out/', 'node_modules/', 'test/artifacts/', 'coverage/']),
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'type-imports', fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `a[i]!` is how bounds that a loop guarantees are told to noUncheckedIndexedAccess.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The two spellings differ in what the compiler checks: interfaces for documents, types for unions.
      '@typescript-eslint/consistent-type-definitions': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
      ...forbidImports(ELECTRON),
    },
  },
  {
    files: PURE.map((folder) => `${folder}/*.ts`),
    rules: {
      ...forbidImports(HOST_MODULES, ABOVE('contract|service|platform|main|preload|shell|cli|renderer')),
      'no-restricted-globals': ['error', 'process', 'window', 'document', 'fetch', 'setTimeout', 'setInterval', 'Buffer'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take a seed as an argument.' },
        { object: 'Date', property: 'now', message: 'Take the time as an argument.' },
        { object: 'crypto', property: 'randomUUID', message: 'Take the id as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take the time as an argument.' },
      ],
    },
  },
  { files: ['src/contract/**/*.ts'], rules: forbidImports(HOST_MODULES, ABOVE('service|platform|main|preload|shell|cli|renderer')) },
  {
    files: ['src/renderer/**/*.{ts,vue}'],
    rules: {
      ...forbidImports(HOST_MODULES, ABOVE('service|platform|main|preload|shell|cli')),
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
    },
  },
  { files: ['src/main/**/*.ts', 'src/preload/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/shell/**/*.ts', 'src/cli/**/*.ts', 'scripts/**', 'bin/**', 'bench/**'], rules: { 'no-console': 'off' } },
  { files: ['.dependency-cruiser.cjs'], languageOptions: { globals: { module: 'writable' } } },
  prettier,
]);
