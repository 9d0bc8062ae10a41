import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentTag, packageApp } from './package-app';

describe('packageApp', () => {
  let root: string;
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'nba-package-'));
    write('apps/backfill/package.json', JSON.stringify({ name: '@nba/backfill', version: '0.1.0', engines: { node: '>=20.19' }, dependencies: { commander: '14.0.3' } }));
    write('apps/backfill/Dockerfile', 'FROM somewhere\n');
    write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/@duckdb/node-api': { version: '1.5.6' }, 'node_modules/commander': { version: '14.0.3' } } }));
    // A name in a text or a comment is no requirement; Node's own modules need no package.
    write('dist/apps/backfill/main.js', `"use strict";\nconst fs = require("node:fs"); const path = require("path");\n// require("left-pad")\nconst duck = require("@duckdb/node-api/lib/x.js"); console.log('require("commander")');\n`);
    write('dist/apps/backfill/main.js.map', '{}');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('holds the bundle, the Dockerfile, and what the bundle still requires', async () => {
    const folder = await packageApp(root, 'backfill');
    expect(readdirSync(folder).sort()).toEqual(['Dockerfile', 'main.js', 'package-lock.json', 'package.json']);
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toMatchObject({ name: '@nba/backfill', dependencies: { '@duckdb/node-api': '1.5.6' } });
  });

  it('is called the same for the same content, and otherwise not', async () => {
    const folder = await packageApp(root, 'backfill');
    const tag = contentTag(folder);
    cpSync(folder, join(root, 'copy'), { recursive: true });
    expect(tag).toMatch(/^[0-9a-f]{16}$/);
    expect([contentTag(join(root, 'copy')), contentTag(await packageApp(root, 'backfill'))]).toEqual([tag, tag]);
    writeFileSync(join(root, 'copy/main.js'), 'another');
    expect(contentTag(join(root, 'copy'))).not.toBe(tag);
  });

  it('leaves nothing of an earlier package', async () => {
    const folder = await packageApp(root, 'backfill');
    writeFileSync(join(folder, 'old.js'), '');
    await packageApp(root, 'backfill');
    expect(existsSync(join(folder, 'old.js'))).toBe(false);
  });

  it('says what to do when the app has not been built', async () => {
    await expect(packageApp(root, 'verifier')).rejects.toThrow('nx run verifier:build');
  });
});
