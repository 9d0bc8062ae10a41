import { type RunCommand, runCommands, runProcess } from './run-commands';

const commands = [['gcloud', 'builds'], ['gcloud', 'run', 'one'], ['gcloud', 'run', 'two']];

describe('runCommands', () => {
  it('runs them in order and tells each before it runs', () => {
    const events: string[] = [];
    const run: RunCommand = (command) => (events.push(`run ${command.join(' ')}`), { code: 0, isMissing: false });
    runCommands(commands.slice(0, 2), run, (line) => events.push(line));
    expect(events).toEqual(['gcloud builds', 'run gcloud builds', 'gcloud run one', 'run gcloud run one']);
  });

  it('stops at the first that fails, and says what was not run', () => {
    const run: RunCommand = (command) => ({ code: command.includes('one') ? 7 : 0, isMissing: false });
    expect(() => runCommands(commands, run, () => undefined)).toThrow('This command ended with 7: gcloud run one\nNot run:\ngcloud run two');
  });

  it('says that the program is not there', () => {
    expect(() => runCommands([['no-such-program-anywhere', 'x']], runProcess, () => undefined)).toThrow('no-such-program-anywhere is not installed on this machine');
  });
});
