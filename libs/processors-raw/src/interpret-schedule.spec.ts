import type { Row, Season } from '@nba/kernel';
import type { LakeDocument } from '@nba/pipeline';
import { interpretSchedule } from './interpret-schedule';

type Json = Readonly<Record<string, unknown>>;
const FILE = 'nba-com/schedule/2024-25/20250827_060000.json';
const settings = { gameTypes: ['regular-season'] as const };

const NEW_YORK = { teamId: 1610612752, teamName: 'Knicks', teamCity: 'New York', teamTricode: 'NYK', score: 109 };
const BOSTON = { teamId: 1610612738, teamName: 'Celtics', teamCity: 'Boston', teamTricode: 'BOS', score: 132 };

const game = (change: Json = {}): Json => ({
  gameId: '0022400061', gameStatus: 3, gameStatusText: 'Final', gameDateEst: '2024-10-22T00:00:00Z', gameDateTimeEst: '2024-10-22T19:30:00Z',
  gameDateTimeUTC: '2024-10-22T23:30:00Z', gameLabel: '', arenaName: 'TD Garden', arenaCity: 'Boston', postponedStatus: 'N', isNeutral: false,
  homeTeam: BOSTON, awayTeam: NEW_YORK, ...change,
});
const group = (date: string, ...games: Json[]): Json => ({ gameDate: `${date} 00:00:00`, games });

function schedule(groups: readonly Json[], stamp = '20250827_060000', change: Json = {}): LakeDocument {
  const text = JSON.stringify({ meta: {}, leagueSchedule: { seasonYear: '2024-25', leagueId: '00', gameDates: groups, ...change } });
  return { ref: { path: `nba-com/schedule/2024-25/${stamp}.json`, kind: 'schedule', partition: '2024-25' as Season, stamp }, text };
}

const interpret = (...documents: LakeDocument[]) => interpretSchedule({ partition: '2024-25' as Season, documents, schedule: [], settings });
const interpretGame = (change: Json, listedUnder = '10/22/2024') => interpret(schedule([group(listedUnder, game(change))]));

describe('a schedule', () => {
  it('has one row a game', () => {
    expect(interpretGame({})).toEqual({
      findings: [],
      sources: [FILE],
      rows: [
        {
          game_id: '0022400061', game_date: '2024-10-22', season: '2024-25', game_type: 'regular-season', game_status: 3, game_status_text: 'Final',
          tipoff_at: '2024-10-22T23:30:00Z', home_team_id: 1610612738, home_team_tricode: 'BOS', home_score: 132,
          away_team_id: 1610612752, away_team_tricode: 'NYK', away_score: 109, arena_name: 'TD Garden', arena_city: 'Boston', is_neutral: false,
          game_label: '', postponed_status: 'N', source_document: FILE,
        },
      ],
    });
  });

  it.each([
    ['0012400001', 'preseason'], ['0032400001', 'all-star'], ['0042400001', 'playoffs'], ['0052400001', 'play-in'], ['0062400001', 'cup-final'],
  ])('%s is %s', (gameId, type) => {
    expect(interpretGame({ gameId }).rows).toMatchObject([{ game_type: type }]);
  });

  it.each([1, 2])('has no score before the end (status %p), whatever the feed says', (gameStatus) => {
    const { rows, findings } = interpretGame({ gameStatus, gameStatusText: '7:30 pm ET', homeTeam: { ...BOSTON, score: 0 }, awayTeam: { ...NEW_YORK, score: 0 } });
    expect([rows[0], findings]).toMatchObject([{ home_score: null, away_score: null, game_status: gameStatus }, []]);
  });

  it('has no time while it is to be decided', () => {
    expect(interpretGame({ gameStatus: 1, gameStatusText: 'TBD', gameDateTimeUTC: '2024-10-22T04:00:00Z' }).rows).toMatchObject([{ tipoff_at: null }]);
    expect(interpretGame({ gameDateTimeUTC: '1900-01-01T00:00:00Z' }).rows).toMatchObject([{ tipoff_at: null }]);
  });

  it.each([
    ['the id 0', { teamId: 0, teamTricode: '', score: 0 }], ['no id', { teamTricode: 'TBD' }], ['null', null], ['nothing', undefined],
  ])('knows an undecided team by %s', (_, homeTeam) => {
    const { rows, findings } = interpretGame({ homeTeam });
    expect([rows[0], findings]).toMatchObject([{ home_team_id: null, home_team_tricode: null, home_score: null, away_score: 109 }, []]);
  });

  it.each<[string, Json, string]>([
    ['text for a status', { gameStatus: '3' }, 'gameStatus must be 1 (scheduled), 2 (live) or 3 (final), and is "3"'],
    ['an unknown status', { gameStatus: 4 }, 'gameStatus'],
    ['a short id', { gameId: '22400061' }, 'gameId'],
    ['a number for an id', { gameId: 22400061 }, 'gameId'],
    ['an impossible date', { gameDateEst: '2024-10-32T00:00:00Z' }, 'gameDateEst'],
    ['a local tip-off', { gameDateTimeUTC: '2024-10-22T19:30:00' }, 'gameDateTimeUTC'],
    ['a negative score', { homeTeam: { ...BOSTON, score: -1 } }, 'homeTeam.score'],
    ['text for a score', { homeTeam: { ...BOSTON, score: '132' } }, 'homeTeam.score'],
    ['text for a team', { homeTeam: 'BOS' }, 'homeTeam'],
    ['text for a flag', { isNeutral: 'false' }, 'isNeutral'],
    ['a missing field', { arenaName: undefined }, 'arenaName is missing'],
  ])('with %s is refused whole', (_, change, problem) => {
    const other = game({ gameId: '0022400062' });
    const { rows, findings } = interpret(schedule([group('10/22/2024', other, game(change))]));
    expect(rows).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'error', code: 'DOCUMENT_INVALID', message: expect.stringContaining(`${FILE}: leagueSchedule.gameDates[0].games[1]`) }]);
    expect(findings[0]?.message).toContain(problem);
  });

  it.each<[string, LakeDocument, string]>([
    ['of another season', schedule([group('10/22/2024', game())], undefined, { seasonYear: '2023-24' }), 'seasonYear is "2023-24"'],
    ['without games', schedule([]), 'lists no game'],
    ['without dates', schedule([], undefined, { gameDates: null }), 'gameDates must be a list'],
    ['with a strange date', schedule([group('22.10.2024', game())]), 'gameDates[0].gameDate must be a date'],
    ['cut off', { ...schedule([]), text: schedule([]).text.slice(0, 40) }, 'ends too early'],
    ['of another kind', { ...schedule([]), text: '{"resultSets":[]}' }, 'leagueSchedule must be an object'],
  ])('%s is refused whole', (_, document, problem) => {
    const { rows, findings, sources } = interpret(document);
    expect([rows, sources]).toEqual([[], []]);
    expect(findings).toMatchObject([{ severity: 'error', code: 'DOCUMENT_INVALID', message: expect.stringContaining(problem) }]);
  });

  it('that does not exist is an error', () => {
    expect(interpret().findings).toMatchObject([{ severity: 'error', code: 'DOCUMENT_MISSING', message: expect.stringContaining('nx run backfill:phase2 --season 2024-25') }]);
  });
});

describe('several schedules', () => {
  const old = schedule([group('10/22/2024', game({ gameStatus: 1 }))], '20241001_060000');
  const moved = schedule([group('10/25/2024', game({ gameDateEst: '2024-10-25T00:00:00Z' }))], '20241101_060000');

  it('the newest decides, also about a new date', () => {
    const { rows, findings, sources } = interpret(old, moved);
    expect(rows).toMatchObject([{ game_date: '2024-10-25', game_status: 3, source_document: moved.ref.path }]);
    expect([findings, sources]).toEqual([[], [moved.ref.path]]);
  });

  it('an older one helps out when the newest cannot be read, which is an error', () => {
    const { rows, findings, sources } = interpret(old, { ...moved, text: moved.text.slice(0, 99) });
    expect(rows).toMatchObject([{ game_date: '2024-10-22', source_document: old.ref.path }]);
    expect(findings).toMatchObject([{ severity: 'error', code: 'DOCUMENT_INVALID', message: expect.stringContaining(moved.ref.path) }]);
    expect(sources).toEqual([old.ref.path]);
  });
});

describe('a newer schedule that lists only part of the season', () => {
  const WHOLE = '20241101_060000';
  const first = game();
  const second = game({ gameId: '0022400062' });
  const unplayed = game({ gameId: '0022400900', gameStatus: 1, gameDateEst: '2025-03-01T00:00:00Z' });
  const ifNecessary = game({ gameId: '0042400107', gameStatus: 1, gameDateEst: '2025-05-04T00:00:00Z' });
  const whole = schedule([group('10/22/2024', first, second), group('03/01/2025', unplayed), group('05/04/2025', ifNecessary)], WHOLE);
  const listing = (...games: Json[]) => schedule(games.map((one) => group(String(one['gameDateEst']).slice(0, 10), one)));
  /** As the warehouse has it: the row that is kept must be this one, whatever documents say. */
  const storedGame = (gameId: string, gameDate: string, status: number): Row => ({ game_id: gameId, game_date: gameDate, season: '2024-25', game_status: status, arena_name: 'as stored', source_document: 'earlier.json' });
  const stored = [storedGame('0022400061', '2024-10-22', 3), storedGame('0022400062', '2024-10-22', 3), storedGame('0022400900', '2025-03-01', 1), storedGame('0042400107', '2025-05-04', 1)];
  const beside = (known: readonly Row[], ...documents: LakeDocument[]) => interpretSchedule({ partition: '2024-25' as Season, documents, schedule: known, settings });

  it('does not lose a played game that is stored: its row is kept as it was, and the document is named', () => {
    const { rows, findings, sources } = beside(stored, whole, listing(first, unplayed, ifNecessary));
    expect(rows.map((row) => row['game_id'])).toEqual(['0022400061', '0022400900', '0042400107', '0022400062']);
    expect(rows.at(-1)).toEqual(stored[1]);
    expect(sources).toEqual([FILE, 'earlier.json']);
    expect(findings).toMatchObject([{ severity: 'error', code: 'GAMES_VANISHED' }]);
    for (const word of [FILE, '1 played game', '0022400062 on 2024-10-22', 'fetch the schedule of 2024-25 again', 'nx run backfill:phase2 --season 2024-25']) expect(findings[0]?.message).toContain(word);
  });

  it('does not lose a played game of the next older readable document where nothing is stored', () => {
    const broken = schedule([], '20241201_060000');
    const { rows, findings, sources } = beside([], whole, broken, listing(second, unplayed));
    expect(rows).toMatchObject([{ game_id: '0022400062', source_document: FILE }, { game_id: '0022400900' }, { game_id: '0022400061', home_score: 132, source_document: whole.ref.path }]);
    expect(findings).toMatchObject([{ severity: 'error', code: 'GAMES_VANISHED', message: expect.stringContaining('0022400061 on 2024-10-22') }]);
    expect(sources).toEqual([FILE, whole.ref.path]);
  });

  it('is told of once, with the first games and how many more', () => {
    const many = Array.from({ length: 8 }, (_, i) => storedGame(`002240010${i}`, `2024-11-0${8 - i}`, 3));
    const { rows, findings } = beside(many, listing(first));
    expect(rows).toHaveLength(9);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('8 played games');
    expect(findings[0]?.message).toContain('0022400107 on 2024-11-01, 0022400106 on 2024-11-02, 0022400105 on 2024-11-03, 0022400104 on 2024-11-04, 0022400103 on 2024-11-05 and 3 more;');
  });

  it.each([['stored', stored], ['in an older document', []]])('drops a regular-season game not yet played (%s), with a warning', (_, known) => {
    const { rows, findings } = beside(known, whole, listing(first, second, ifNecessary));
    expect(rows.map((row) => row['game_id'])).toEqual(['0022400061', '0022400062', '0042400107']);
    expect(findings).toMatchObject([{ severity: 'warning', code: 'GAME_DROPPED', message: expect.stringMatching(/20250827_060000\.json: .*1 regular-season game .*0022400900 on 2025-03-01/) }]);
  });

  it('says nothing about playoff games that were not necessary', () => {
    const { rows, findings, sources } = beside(stored, whole, listing(first, second, unplayed));
    expect(rows.map((row) => row['game_id'])).toEqual(['0022400061', '0022400062', '0022400900']);
    expect([findings, sources]).toEqual([[], [FILE]]);
  });

  it('has nothing to say about a game that has moved: it keeps its id', () => {
    const moved = game({ ...unplayed, gameDateEst: '2025-03-09T00:00:00Z' });
    const { rows, findings } = beside(stored, whole, listing(first, second, moved, ifNecessary));
    expect(findings).toEqual([]);
    expect(rows.filter((row) => row['game_id'] === '0022400900')).toMatchObject([{ game_date: '2025-03-09' }]);
  });
});

describe('a doubtful game', () => {
  it.each<[string, Json, string, string, number]>([
    ['an unknown type', { gameId: '0072400001' }, 'GAME_TYPE_UNKNOWN', 'begin with 007', 0],
    ['a date outside the season', { gameDateEst: '2025-10-22T00:00:00Z' }, 'GAME_OUTSIDE_SEASON', '2024-10-01 to 2025-09-30', 0],
    ['another date than its group', { gameDateEst: '2024-10-23T00:00:00Z' }, 'DATES_DISAGREE', 'listed under 2024-10-22', 1],
    ['no score at the end', { awayTeam: { ...NEW_YORK, score: null } }, 'SCORE_MISSING', 'NYK has no score', 1],
  ])('with %s', (_, change, code, message, stored) => {
    const { rows, findings } = interpretGame(change);
    expect(rows).toHaveLength(stored);
    expect(findings).toMatchObject([{ severity: 'error', code, message: expect.stringContaining(message) }]);
    expect(findings[0]?.message).toContain(FILE);
  });

  const on = (day: string, change: Json): Json => group(`10/${day}/2024`, game({ gameDateEst: `2024-10-${day}T00:00:00Z`, ...change }));

  it.each<[string, Json[], string, string]>([
    ['the one that was played', [on('22', {}), on('25', { gameStatus: 1 })], 'warning', '2024-10-22'],
    ['the one that is not postponed', [on('25', { gameStatus: 1, postponedStatus: 'Y' }), on('22', { gameStatus: 1 })], 'warning', '2024-10-22'],
    ['the later of two plans', [on('25', { gameStatus: 1 }), on('22', { gameStatus: 1 })], 'warning', '2024-10-25'],
    ['the same twice', [on('22', {}), on('22', {})], 'warning', '2024-10-22'],
    ['the later of two played, in doubt', [on('22', {}), on('25', {})], 'error', '2024-10-25'],
  ])('listed twice: %s', (_, groups, severity, date) => {
    const { rows, findings } = interpret(schedule(groups));
    expect(rows).toMatchObject([{ game_date: date }]);
    expect(findings).toMatchObject([{ severity, code: 'DUPLICATE_GAME', message: expect.stringContaining('0022400061') }]);
  });
});
