import { requireTool } from './build';

describe('requireTool', () => {
  it('names what is missing, and the other way', () => {
    expect(() => requireTool('nba-no-such-tool', 'Go 1.26 or newer', ['version'])).toThrow(/nba-no-such-tool cannot be started\. Install Go 1\.26 or newer.*docker compose/);
  });

  it('is content with what is there', () => {
    expect(requireTool(process.execPath, 'Node', ['--version'])).toBe(process.execPath);
  });
});
