/**
 * `npm test`: finds or installs what the tests drive, builds, runs every test and ends with one plain line.
 * A missing program is a failure, never a skipped test.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, ROOT, runNode } from './build.mjs';
import { findProgram, TEST_TOOLS } from './tools.mjs';

const missingTools = () => TEST_TOOLS.filter((tool) => !tool.isThere());

/** @param {readonly string[]} packages */
function installWithApt(packages) {
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}

function ensureTools() {
  const packages = missingTools().flatMap((tool) => tool.debian);
  if (packages.length === 0) return true;
  if (process.getuid?.() === 0 && findProgram(['apt-get'])) installWithApt(packages);
  const missing = missingTools();
  if (missing.length === 0) return true;
  const how = findProgram(['apt-get'])
    ? `: sudo apt-get install -y --no-install-recommends ${missing.flatMap((tool) => tool.debian).join(' ')}`
    : '';
  console.error(`The tests need ${missing.map((tool) => tool.name).join(', ')}; install what is missing and run them again${how}`);
  return false;
}

/** @param {string} reportFile vitest's JSON report */
function summarize(reportFile) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, left: 0 };
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  // A file that fails before its first test counts as one failure.
  const broken = report.testResults.filter(
    (/** @type {{status: string, assertionResults: unknown[]}} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, left: report.numPendingTests + report.numTodoTests };
}

if (!ensureTools() || build() !== 0) process.exit(1);

const artifacts = join(ROOT, 'test', 'artifacts');
const reportFile = join(artifacts, 'report.json');
mkdirSync(artifacts, { recursive: true });
rmSync(reportFile, { force: true });

const code = runNode([
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
  ...process.argv.slice(2),
]);
const { passed, failed, left } = summarize(reportFile);
console.log(`${passed} passed, ${failed} failed${left > 0 ? `, ${left} skipped` : ''}`);
process.exitCode = code === 0 && failed === 0 ? 0 : 1;
