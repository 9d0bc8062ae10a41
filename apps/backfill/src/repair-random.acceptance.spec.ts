import type { GameDate } from '@nba/kernel';
import { type BackfillOutcome, type Processor, type UnitOutcome, isComplete } from '@nba/pipeline';
import fc from 'fast-check';
import { registry } from '@nba/wiring';
import { type Contents, RandomLeague } from './random-league.fixture';
import { type Beginning, World, beginnings, edits, steps } from './random-world.fixture';

/** A league takes half a minute; more of them when somebody asks for them. */
const LEAGUES = Number(process.env['NBA_RANDOM_LEAGUES'] ?? 1);

const outcomesOf = ({ phases }: BackfillOutcome): readonly UnitOutcome[] => phases.flatMap(({ outcomes }) => outcomes);
const unitOf = ({ processor, date }: UnitOutcome): string => `${processor.table.name} ${date}`;

/** What the lake as it is now makes in an empty warehouse, and which of it is not settled. */
interface Rebuilt {
  readonly contents: Contents;
  /** Units that a hole keeps from running or runs beside, and all that reads them: of those an older state may be stored. */
  readonly open: ReadonlySet<string>;
}

async function rebuild({ lake, clock }: RandomLeague): Promise<Rebuilt> {
  const fresh = await RandomLeague.open({ lake, clock });
  try {
    const outcomes = outcomesOf(await fresh.repair());
    return { contents: await fresh.contents(), open: openUnits(outcomes) };
  } finally {
    await fresh.close();
  }
}

function openUnits(outcomes: readonly UnitOutcome[]): ReadonlySet<string> {
  const open = new Set<string>();
  const dates = new Map<Processor, GameDate[]>();
  for (const processor of registry.processors) {
    const own = outcomes.filter((one) => one.processor === processor).filter((one) => !isComplete(one) || one.coverageGaps !== null || Object.values(processor.upstreams)
      .some(({ processor: upstream, lookbacks }) => dates.get(upstream)?.some((date) => lookbacks.some(({ reach }) => (reach.kind === 'same-date' ? date === one.date : date < one.date)))));
    dates.set(processor, own.map(({ date }) => date));
    for (const one of own) open.add(unitOf(one));
  }
  return open;
}

const differing = (stored: Contents, { contents, open }: Rebuilt): string[] =>
  [...new Set([...stored.keys(), ...contents.keys()])].filter((unit) => !open.has(unit) && stored.get(unit) !== contents.get(unit)).sort();

async function repairAndCheck(league: RandomLeague): Promise<{ readonly ran: ReadonlySet<string>; readonly differed: readonly string[]; readonly open: ReadonlySet<string> }> {
  const rebuilt = await rebuild(league);
  const differed = differing(await league.contents(), rebuilt).filter((unit) => !unit.startsWith('nbac_schedule '));
  const ran = new Set(outcomesOf(await league.repair()).map(unitOf));
  // The affected set misses no unit.
  expect(differed.filter((unit) => !ran.has(unit))).toEqual([]);
  expect(differing(await league.contents(), rebuilt)).toEqual([]);
  // What is not complete is tried again; nothing else is, and nothing comes of it.
  const again = outcomesOf(await league.repair());
  expect(again.filter((one) => isComplete(one) || one.changes > 0 || !rebuilt.open.has(unitOf(one))).map((one) => `${unitOf(one)} ${one.status} ${one.changes}`)).toEqual([]);
  return { ran, differed, open: rebuilt.open };
}

async function withWorld(beginning: Beginning, use: (league: RandomLeague, world: World) => Promise<void>): Promise<void> {
  const league = await RandomLeague.open();
  try {
    await use(league, await World.begin(league, beginning));
  } finally {
    await league.close();
  }
}

/** Tables of which one value of a date reaches no other date. */
const OF_THE_DATE = ['nbac_player_boxscore', 'nbac_team_boxscore', 'team_offense_game_summary', 'team_defense_game_summary'];
/** What compares with the whole league over the last thirty days. */
const LEAGUE_WIDE = ['team_defense_shot_profile', 'player_composite_factors'];

/**
 * Units that an edited line of a player should not have made run. Both teams' figures follow from his, and through his
 * team's plays those of everybody who was with him: dates of other teams than theirs, and dates before, are beside the point.
 */
function strayUnits(ran: readonly string[], { date, one }: NonNullable<ReturnType<World['performanceAt']>>, world: World): string[] {
  const teams = new Set(world.performances.filter(({ gameId }) => gameId === one.gameId).flatMap(({ team, player }) => [team, ...world.teamsOf(player)]));
  const [afterHisLast] = world.datesOf({ player: one.player }).filter((played) => played > date).slice(14);
  return ran.filter((unit) => {
    const [table = '', on] = unit.split(' ') as [string, GameDate];
    if (table === 'nbac_schedule' || on === date) return false;
    if (on < date || OF_THE_DATE.includes(table)) return true;
    if (LEAGUE_WIDE.includes(table)) return false;
    // Fifteen games of his own are all that a player's form looks back at.
    if (table === 'player_game_summary' && afterHisLast !== undefined && on > afterHisLast) return true;
    return ![...world.teamsOn(on)].some((team) => teams.has(team));
  });
}

describe('a repair by the real processors of a random league', () => {
  let [repairs, ranInAll, differedInAll] = [0, 0, 0];
  afterAll(() => process.stderr.write(`${repairs} repairs ran ${ranInAll} units; the contents of ${differedInAll} were other than before\n`));
  const count = ({ ran, differed }: { readonly ran: ReadonlySet<string>; readonly differed: readonly string[] }): void => {
    repairs += 1;
    ranInAll += ran.size;
    differedInAll += differed.length;
  };

  it('ends in what a rebuild from the same lake has, whatever has happened, and misses no unit', async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, fc.array(steps, { minLength: 3, maxLength: 3 }), async (beginning, happened) => withWorld(beginning, async (league, world) => {
        expect(outcomesOf(await league.repair()).filter((one) => !isComplete(one)).map((one) => `${unitOf(one)} ${one.status} ${one.fault}`)).toEqual([]);
        for (const step of happened) {
          for (const event of step) await world.happens(event);
          count(await repairAndCheck(league));
        }
        await world.heal();
        const healed = await repairAndCheck(league);
        count(healed);
        expect([...healed.open]).toEqual([]);
      })),
      { numRuns: LEAGUES, endOnFailure: true },
    );
  }, 300_000 * LEAGUES);

  it('of one value runs no later date of a table than the last that the player\'s or team\'s games lead to', async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, fc.array(edits, { minLength: 2, maxLength: 2 }), async (beginning, some) => withWorld(beginning, async (league, world) => {
        await league.repair();
        for (const edit of some) {
          const found = world.performanceAt(edit.at);
          if (!found) continue;
          await world.happens(edit);
          const result = await repairAndCheck(league);
          count(result);
          expect(strayUnits([...result.ran], found, world)).toEqual([]);
        }
      })),
      { numRuns: LEAGUES, endOnFailure: true },
    );
  }, 300_000 * LEAGUES);
});
