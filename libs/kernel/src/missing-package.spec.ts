import { execFileSync } from 'node:child_process';
import { NbaError, packageFault } from './index';

const notFound = (message: string, code: string) => Object.assign(new Error(message), { code });

describe('an optional package that cannot be loaded', () => {
  it.each([
    ['require', notFound("Cannot find module '@google-cloud/storage'\nRequire stack:\n- /app/main.js", 'MODULE_NOT_FOUND')],
    ['import', notFound("Cannot find package '@google-cloud/storage' imported from /app/main.mjs", 'ERR_MODULE_NOT_FOUND')],
  ])('is told with the command that installs it, by %s', (_how, fault) => {
    const told = packageFault(fault, '@google-cloud/storage@7', 'A lake in Cloud Storage') as NbaError;
    expect(told).toBeInstanceOf(NbaError);
    expect(told).toMatchObject({ code: 'PACKAGE_MISSING', cause: fault, fields: { next: 'npm install @google-cloud/storage@7' } });
    expect(told.message).toBe('A lake in Cloud Storage needs the package @google-cloud/storage, which is not installed.\n  Next: npm install @google-cloud/storage@7');
  });

  it('is recognised by what Node itself says, by both ways', async () => {
    const inNode = `const told = ({ code, message }) => ({ code, message });
      const required = (() => { try { require('nobody-has-this'); } catch (fault) { return told(fault); } })();
      import('nobody-has-this').catch((fault) => console.log(JSON.stringify([required, told(fault)])));`;
    const faults = JSON.parse(execFileSync(process.execPath, ['-e', inNode], { encoding: 'utf8' })) as unknown[];
    expect(faults.map((fault) => packageFault(fault, 'nobody-has-this@1', 'This'))).toMatchObject([{ code: 'PACKAGE_MISSING' }, { code: 'PACKAGE_MISSING' }]);
  });

  it.each([
    ['is there, and needs another that is not', notFound("Cannot find module 'teeny-request'\nRequire stack:\n- /app/node_modules/@google-cloud/storage/index.js", 'MODULE_NOT_FOUND')],
    ['is broken', new SyntaxError("Unexpected token in '@google-cloud/storage'")],
    ['throws no error', 'nothing'],
    ['throws nothing at all', undefined],
  ])('speaks for itself when it %s', (_what, fault) => expect(packageFault(fault, '@google-cloud/storage@7', 'A lake')).toBe(fault));
});
