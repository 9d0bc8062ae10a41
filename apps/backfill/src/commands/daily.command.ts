import type { Command } from 'commander';
import { NbaError, parseGameDate } from '@nba/kernel';
import type { DailyOutcome, IncompleteInput, PredictionOutcome } from '@nba/pipeline';
import { EXIT, type ExitCode, addCommonOptions, duration } from '@nba/command-line';
import { describeReason } from '@nba/dependency-guard';
import { describeOutcome, nextStep } from '../describe-outcome';
import { exitCodeOf } from '../outcome-exit-code';
import { outcomeJson } from '../outcome-json';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';
import { type RunningOptions, addRunningOptions, limitsOf, withRunningApp } from '../with-running-app';

interface DailyOptions extends RunningOptions {
  readonly date?: string;
  readonly strictMode?: string;
}

const EXAMPLES = `
Examples:
  nx run backfill:daily                                     this morning's run: yesterday's games, and what is known of today's
  nx run backfill:daily --date=2025-01-27                   the same of an earlier day, with what the lake holds now
  nx run backfill:daily --now=2025-01-27T12:00:00Z          a rehearsal of that morning: later documents do not exist`;

/** Adds `daily`: the flow of one day. */
export function addDailyCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = program
    .command('daily')
    .description('the flow of a day: phase 2 of yesterday, phases 3 and 4, what is known of today\'s games, the request for Phase 5')
    .option('--date <date>', 'the day to play (default: today in US Eastern time)')
    .option('--strict-mode <true|false>', 'always true here: a daily run never goes on over a hole');
  addCommonOptions(addRunningOptions(command)).addHelpText('after', EXAMPLES).action(async (options: DailyOptions) => {
    if (options.strictMode !== undefined && options.strictMode !== 'true') {
      throw new NbaError('INVALID_ARGUMENT', 'The daily run is production: strict mode cannot be switched off. For tests: backfill phase3 --date <date> --strict-mode false.', { field: '--strict-mode' });
    }
    const started = performance.now();
    const date = options.date === undefined ? undefined : parseGameDate(options.date, '--date');
    const holder = `backfill daily${date ? ` ${date}` : ''}`;
    const request = { date, trigger: 'backfill daily', holder, ...limitsOf(options, surroundings) };
    const outcome = await withRunningApp(holder, options, surroundings, (app, onProgress) => app.daily.run(request, onProgress));
    const code = codeOf(outcome, surroundings.signal);
    const whole = { ...outcome, gate: [], stoppedBefore: undefined };
    if (options.json) surroundings.output.line(outcomeJson(whole, code, Math.round(performance.now() - started), { date: outcome.date, prediction: outcome.prediction?.kind ?? null }));
    else {
      for (const line of [`The day ${outcome.date}`, '', ...describeOutcome(whole), describePrediction(outcome), `${code === 0 ? 'Complete' : 'Not complete'}, ${duration(performance.now() - started)}.`]) {
        surroundings.output.line(line);
      }
      const next = nextStep(whole);
      if (next) surroundings.output.line(`Next: ${next}`);
    }
    end(code);
  });
}

/** Predictions that wait are a part of the day that is missing. */
function codeOf(outcome: DailyOutcome, signal: AbortSignal): ExitCode {
  const code = exitCodeOf(outcome, signal);
  return code === EXIT.complete && outcome.prediction?.kind === 'waiting' ? EXIT.incomplete : code;
}

function describePrediction({ date, prediction }: DailyOutcome): string {
  return `Phase 5 · ${prediction ? told(date, prediction) : 'not looked at: the run was interrupted'}`;
}

function told(date: string, prediction: PredictionOutcome): string {
  switch (prediction.kind) {
    case 'requested':
      return `predictions for ${date} requested, ${prediction.rows} players (run ${prediction.runId})`;
    case 'unchanged':
      return `predictions for ${date} have been requested from the same inputs already`;
    case 'no-games':
      return `no game on ${date}, nothing to predict`;
    case 'past':
      return `not requested: it predicts games that have not been played, and ${date} is past (today is ${prediction.today}). For past dates query nba_precompute.`;
    case 'waiting':
      return `not requested: ${prediction.incomplete.slice(0, 3).map(describeInput).join('; ')}`;
  }
}

const describeInput = ({ processor, unit }: IncompleteInput): string =>
  `${processor.table.name} of ${unit.date} ${'reasons' in unit ? `waits (${unit.reasons.map(describeReason).join('; ')})` : `is ${unit.state.kind}`}`;
