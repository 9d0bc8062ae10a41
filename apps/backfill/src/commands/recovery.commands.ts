import type { Command } from 'commander';
import type { RootCause } from '@nba/kernel';
import { testChannels } from '@nba/alerts';
import { type BackfillRequest, type Explanation, RUN_DEFAULTS } from '@nba/pipeline';
import { type CommonOptions, EXIT, addCommonOptions, clockOf, count, dateList, plural, readConfiguration } from '@nba/command-line';
import { withApp } from '../container';
import { describeOutcome } from '../describe-outcome';
import { exitCodeOf } from '../outcome-exit-code';
import { outcomeJson } from '../outcome-json';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';
import { type RunningOptions, addRunningOptions, channelsOf, limitsOf, withRunningApp } from '../with-running-app';
import { tell } from './phase.commands';

/** Adds `retry`, `explain`, `dead-letters`, `replay` and `alerts test`. */
export function addRecoveryCommands(program: Command, surroundings: Surroundings, end: EndWith): void {
  addRetry(program, surroundings, end);
  addExplain(program, surroundings, end);
  addDeadLetters(program, surroundings, end);
  addAlerts(program, surroundings, end);
}

function addRetry(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = program.command('retry').description('run only what failed, died or waits, wherever it is; what depends on it follows');
  addCommonOptions(addRunningOptions(command)).addHelpText('after', '\nExample:\n  nx run backfill:retry').action(async (options: RunningOptions) => {
    const started = performance.now();
    const holder = `backfill retry`;
    const outcome = await withRunningApp(holder, options, surroundings, async (app, onProgress) => {
      const scope = await app.recovery.failedScope();
      if (!scope) return undefined;
      const request: BackfillRequest = {
        ...RUN_DEFAULTS, phases: [2, 3, 4], scope, wants: ({ kind }) => kind === 'failed' || kind === 'partial',
        trigger: 'backfill retry', holder, ...limitsOf(options, surroundings),
      };
      return app.backfill.run(request, onProgress);
    });
    if (!outcome) {
      surroundings.output.line(options.json ? JSON.stringify({ exitCode: 0, phases: [] }) : 'Nothing has failed, and nothing waits.');
      return end(EXIT.complete);
    }
    const code = exitCodeOf(outcome, surroundings.signal);
    const elapsed = performance.now() - started;
    if (options.json) surroundings.output.line(outcomeJson(outcome, code, Math.round(elapsed)));
    else tell(outcome, elapsed, surroundings);
    end(code);
  });
}

function addExplain(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = program.command('explain').description('why a run ended as it did: the cause, the date at its root, the smallest set of commands').argument('[run id]', 'as in the history or an alert; without one, everything that is wrong now');
  addCommonOptions(command).addHelpText('after', '\nExamples:\n  nx run backfill:explain\n  node dist/apps/backfill/main.js explain 20250127T120000Z-1a2b3c4d').action(async (runId: string | undefined, options: CommonOptions) => {
    const { output, environment } = surroundings;
    const opening = { clock: clockOf(options, environment, surroundings.clock), command: 'backfill explain', readOnly: true };
    const lines = await withApp(readConfiguration(options, environment), { gameTypes: options.gameTypes }, opening, async ({ recovery }) => {
      if (runId === undefined) {
        const causes = await recovery.rootCauses();
        return options.json ? [JSON.stringify({ causes }, null, 2)] : causes.length > 0 ? causes.flatMap((cause) => [...describeCause(cause), '']) : ['Nothing is wrong.'];
      }
      const explanation = await recovery.explain(runId);
      return options.json ? [JSON.stringify(explanation, null, 2)] : describeExplanation(explanation);
    });
    output.line(lines.join('\n').trimEnd());
    end(EXIT.complete);
  });
}

function describeExplanation({ runId, processor, trigger, startedAt, endings, causes, open, next }: Explanation): string[] {
  const lines = [`Run ${runId}: ${processor}, started ${startedAt}, by ${trigger}`];
  for (const { status, dates, errors } of endings) lines.push(`  ${status}: ${dateList(dates)}${errors ? `, ${errors}` : ''}`);
  if (open.length === 0) return [...lines, '', 'Nothing of it is wrong any more.'];
  lines.push('', `Wrong still: ${dateList(open)}`);
  for (const cause of causes) lines.push('', ...describeCause(cause));
  return [...lines, '', 'Next, in this order:', ...next.map((command) => `  ${command}`), '  (the phases after it follow by themselves)'];
}

function describeCause({ title, dates, heldUp, errors, resolution }: RootCause): string[] {
  const units = heldUp.reduce((sum, held) => sum + held.dates.length, 0);
  return [
    `Root cause: ${title}`,
    ...errors.slice(0, 5).map((error) => `  ${error.split('\n').join('\n  ')}`),
    `  root ${dates.length === 1 ? 'date' : 'dates'}: ${dateList(dates, 20)}`,
    ...(units > 0 ? [`  holds up ${plural(units, 'unit')}: ${heldUp.map(({ processor, dates: own }) => `${processor} ${count(own.length)}`).join(', ')}`] : []),
    `  Resolution: ${resolution}`,
  ];
}

function addDeadLetters(program: Command, surroundings: Surroundings, end: EndWith): void {
  const { output, environment } = surroundings;
  const list = program.command('dead-letters').description('messages that could not be understood, with the reason');
  addCommonOptions(list).action(async (options: CommonOptions) => {
    const opening = { clock: clockOf(options, environment, surroundings.clock), command: 'backfill dead-letters', readOnly: true };
    const letters = await withApp(readConfiguration(options, environment), { gameTypes: options.gameTypes }, opening, ({ recovery }) => recovery.deadLetters());
    if (options.json) output.line(JSON.stringify(letters, null, 2));
    else if (letters.length === 0) output.line('There are none.');
    else for (const { messageId, topic, recordedAt, reason } of letters) output.line(`${messageId}  ${topic}  ${recordedAt}\n  ${reason}\n  Replay: backfill replay ${messageId}`);
    end(EXIT.complete);
  });
  const replay = program.command('replay').description('deliver a dead letter again, and run what it triggers').argument('<message id>', 'as dead-letters lists it');
  addCommonOptions(addRunningOptions(replay)).action(async (messageId: string, options: RunningOptions) => {
    const started = performance.now();
    const holder = `backfill replay ${messageId}`;
    const request = { trigger: `dead letter ${messageId}`, holder, ...limitsOf(options, surroundings) };
    const outcome = await withRunningApp(holder, options, surroundings, (app) => app.recovery.replay(messageId, request));
    const code = exitCodeOf(outcome, surroundings.signal);
    if (options.json) output.line(outcomeJson(outcome, code, Math.round(performance.now() - started), { messageId }));
    else for (const line of [...describeOutcome(outcome), `Message ${messageId} ${outcome.interrupted || outcome.isLate ? 'is kept: replay it again' : 'has been replayed'}.`]) output.line(line);
    end(code);
  });
}

function addAlerts(program: Command, surroundings: Surroundings, end: EndWith): void {
  const { output, environment } = surroundings;
  const command = program.command('alerts').description('prove that alerts arrive').argument('<what>', 'test: send a message on every channel').option('--alerts <channels>', 'as for every run (or NBA_ALERTS)');
  addCommonOptions(command).addHelpText('after', '\nExample:\n  NBA_ALERTS=slack:https://hooks.slack.com/services/… nx run backfill:alerts test').action(async (what: string, options: RunningOptions) => {
    if (what !== 'test') command.error(`error: "${what}" is not known; write: backfill alerts test`);
    const clock = clockOf(options, environment, surroundings.clock);
    const results = await testChannels(channelsOf(options, surroundings, clock), clock);
    if (options.json) output.line(JSON.stringify(results, null, 2));
    else if (results.length === 0) output.line('There is no channel: name one with --alerts or NBA_ALERTS.');
    else for (const { channel, error } of results) output.line(error === null ? `✓ ${channel}` : `✗ ${channel}: ${error}`);
    end(results.length > 0 && results.every(({ error }) => error === null) ? EXIT.complete : EXIT.incomplete);
  });
}
