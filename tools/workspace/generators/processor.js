const Module = require('node:module');
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const SOURCE = join(__dirname, '../src/processor-generator/generator.ts');

/** Nx finds no TypeScript transpiler in this workspace and has no build to wait for: the sources are bundled here, in memory, as the programs' are. */
module.exports = async (tree, options) => (await load()).processorGenerator(tree, options);

function load() {
  const { outputFiles } = buildSync({
    entryPoints: [SOURCE], bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs', conditions: ['@nba/source'],
    external: ['@nx/devkit', 'typescript'], sourcemap: 'inline', logLevel: 'error',
  });
  const loaded = new Module(SOURCE, module);
  loaded.filename = SOURCE;
  loaded.paths = module.paths;
  loaded._compile(outputFiles[0].text, SOURCE);
  return loaded.exports;
}
