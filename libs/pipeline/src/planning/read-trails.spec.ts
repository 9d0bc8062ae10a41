import { parseSeason, seasonSpan } from '@nba/kernel';
import { loadCalendar } from '@nba/schedule';
import type { Upstream } from '../definition/processor';
import { D2, D3, DATES, ToyLeague } from '../toy-league.fixture';
import { toyForm } from '../toy-processors.fixture';
import { Ledger } from './ledger';
import { readTrails } from './read-trails';
import type { RecordedChange } from './reaching-changes';

const SPAN = seasonSpan(parseSeason('2024-25'));
const SETTINGS = { gameTypes: ['regular-season'] } as const;
const upstream = toyForm.upstreams['points'] as Upstream;
const change = (over: Partial<RecordedChange>): RecordedChange => ({ table: 'nba_raw.toy_points', date: D2, version: 9, kind: 'rows', columns: ['points'], subjects: [], ...over });

describe('the trails that changes are followed by', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run();
  });
  afterEach(() => league.close());

  /** The facts for two dates of `toy_form`, and how many queries they took. */
  async function factsFor(...changes: RecordedChange[]) {
    const context = { ledger: new Ledger(league.warehouse, SPAN, league.processors), settings: SETTINGS, calendar: await loadCalendar(league.warehouse, SPAN, SETTINGS.gameTypes) };
    const query = jest.spyOn(league.warehouse, 'query');
    const facts = (await readTrails(toyForm, changes.map((one) => ({ change: one, upstream, lookback: upstream.lookbacks[1] as Upstream['lookbacks'][number] })), [D2, D3], context))(upstream);
    const queries = query.mock.calls.length;
    query.mockRestore();
    return { facts, queries };
  }
  const players = [11, 12, 21, 22];

  it('are those of the players whom the changes name, and only those are known of a unit', async () => {
    const { facts } = await factsFor(change({ subjects: [{ playerId: 12, teamId: 1 }] }), change({ date: D3, subjects: [{ playerId: 21, teamId: 2 }] }));
    expect(players.map((id) => facts.trailOf('player', id)?.dates)).toEqual([undefined, DATES, DATES, undefined]);
    expect(facts.trailOf('player', 12)?.teamIds).toEqual(new Set([1]));
    expect([facts.playersOf(D2), facts.playersOf(D3)]).toEqual([new Set([12, 21]), new Set([12, 21])]);
  });

  it('are everybody\'s as soon as one date is new as a whole', async () => {
    const { facts } = await factsFor(change({ subjects: [{ playerId: 12, teamId: 1 }] }), change({ date: D3, kind: 'partition', columns: null }));
    expect(players.map((id) => facts.trailOf('player', id)?.dates)).toEqual(players.map(() => DATES));
    expect(facts.playersOf(D2)).toEqual(new Set(players));
    expect(facts.subjectsOf(change({ date: D3, kind: 'partition' })).map(({ playerId }) => playerId).sort()).toEqual(players);
  });

  it('are not read where no change names anybody', async () => {
    const { facts, queries } = await factsFor(change({ kind: 'unknown', columns: null }), change({ subjects: [{ playerId: null, teamId: 1 }] }));
    expect([facts.trailOf('player', 11), facts.playersOf(D2), queries]).toEqual([undefined, new Set(), 0]);
  });
});
