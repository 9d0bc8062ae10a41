import { GAME, CHI, NYK, OTHER_GAME, PLAYERS, SCHEDULE, TEAMS, changed, line, playerLog, scheduleRow, teamLog, unit, type FeedLine } from './boxscores.fixture';
import { interpretPlayerBoxscores } from './interpret-player-boxscores';
import { interpretTeamBoxscores } from './interpret-team-boxscores';
import type { RawOutput } from '@nba/pipeline';

const EARLY = '20250116_060000';
const LATE = '20250117_060000';
const FILE = 'nba-com/player-boxscores/2025-01-15/20250116_060000.json';
const LATE_FILE = 'nba-com/player-boxscores/2025-01-15/20250117_060000.json';

const ids = ({ rows }: RawOutput): unknown[] => rows.map((row) => row['player_id']);
const codes = ({ findings }: RawOutput): string[] => findings.map(({ severity, code }) => `${severity} ${code}`);
const oneGame = { schedule: [SCHEDULE[0]!] };
const firstGame = PLAYERS.slice(0, 5);

describe('player box scores', () => {
  it('are stored complete, with what the feed says', () => {
    const output = interpretPlayerBoxscores(unit([playerLog(PLAYERS)]));
    expect(output.findings).toEqual([]);
    expect(output.sources).toEqual([FILE]);
    expect(ids(output)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(output.rows[0]).toEqual({
      game_id: GAME, game_date: '2025-01-15', season: '2024-25', team_id: NYK, team_tricode: 'NYK', player_id: 1, player_name: 'Jalen Brunson',
      seconds_played: 720, minutes: 12, field_goals_made: 1, field_goals_attempted: 1, three_pointers_made: 0, three_pointers_attempted: 0,
      free_throws_made: 1, free_throws_attempted: 1, offensive_rebounds: 0, defensive_rebounds: 0, rebounds: 0, assists: 0, steals: 0, blocks: 0,
      turnovers: 0, personal_fouls: 0, points: 3, plus_minus: 0,
    });
    expect(output.rows[2]).toMatchObject({ seconds_played: 0, minutes: 0, points: 0 });
  });

  it('find their columns by header, wherever it stands', () => {
    const turned = PLAYERS.map((values) => Object.fromEntries(Object.entries(values).reverse()));
    expect(interpretPlayerBoxscores(unit([playerLog(turned)]))).toEqual(interpretPlayerBoxscores(unit([playerLog(PLAYERS)])));
  });

  it('keep what is missing missing, and a zero zero', () => {
    const { rows, findings } = interpretPlayerBoxscores(unit([playerLog(changed(PLAYERS, 2, { AST: null, MIN: null, REB: null, PLUS_MINUS: null }))]));
    expect(rows[2]).toMatchObject({ assists: null, seconds_played: null, minutes: null, rebounds: null, plus_minus: null, steals: 0 });
    expect(findings).toEqual([]);
  });

  it('take a name as data, SQL included', () => {
    const name = `Robert'); DROP TABLE nba_raw.nbac_player_boxscore;--`;
    const output = interpretPlayerBoxscores(unit([playerLog(changed(PLAYERS, 0, { PLAYER_NAME: name }))]));
    expect(output.rows[0]).toMatchObject({ player_name: name });
    expect(output.findings).toEqual([]);
  });

  it('do not store games that do not count, without a word', () => {
    const cup = line(9, { GAME_ID: '0062400001', PLAYER_ID: 9, PLAYER_NAME: 'X' });
    const output = interpretPlayerBoxscores(unit([playerLog([...PLAYERS, cup])]));
    expect([output.rows.length, output.findings]).toEqual([7, []]);
  });

  it('store games of a type that was switched on', () => {
    const schedule = [scheduleRow({ game_id: '0062400001', game_type: 'cup-final' })];
    const lines = firstGame.map((values) => ({ ...values, GAME_ID: '0062400001' }));
    const output = interpretPlayerBoxscores(unit([playerLog(lines)], { schedule, settings: { gameTypes: ['regular-season', 'cup-final'] } }));
    expect([output.rows.length, output.findings]).toEqual([5, []]);
  });

  it('of a game that is not final are left out with a warning', () => {
    const schedule = [SCHEDULE[0]!, scheduleRow({ ...SCHEDULE[1], game_status: 2 })];
    const output = interpretPlayerBoxscores(unit([playerLog(PLAYERS)], { schedule }));
    expect(ids(output)).toEqual([1, 2, 3, 4, 5]);
    expect(codes(output)).toEqual(['warning GAME_NOT_FINAL']);
  });
});

describe('a broken document', () => {
  const text = playerLog(PLAYERS).text;
  const cut = { ...playerLog([]), text: text.slice(0, 700) };
  const raw = (from: string | RegExp, to: string) => ({ ...playerLog([]), text: text.replace(from, to) });
  const damaged: [string, FeedLine, string][] = [
    ['text for a number', { FGM: '12' }, 'rowSet[6].FGM must be a whole number from 0 to 999, or null, and is "12" (game 0022400562, Nikola Jokić)'],
    ['a fraction', { FGM: 1.5 }, 'rowSet[6].FGM'],
    ['a negative number', { AST: -1 }, 'rowSet[6].AST'],
    ['a huge number', { PTS: 1e300 }, 'rowSet[6].PTS'],
    ['truth for a number', { PTS: true }, 'rowSet[6].PTS'],
    ['a list', { PTS: [2] }, 'rowSet[6].PTS'],
    ['a number for a game id', { GAME_ID: 22400562 }, 'rowSet[6].GAME_ID'],
    ['a short game id', { GAME_ID: '22400562' }, 'rowSet[6].GAME_ID'],
    ['no player id', { PLAYER_ID: null }, 'rowSet[6].PLAYER_ID'],
    ['player id 0', { PLAYER_ID: 0 }, 'rowSet[6].PLAYER_ID'],
    ['an impossible date', { GAME_DATE: '2025-02-30' }, 'rowSet[6].GAME_DATE'],
    ['a date of another form', { GAME_DATE: 'JAN 15, 2025' }, 'rowSet[6].GAME_DATE'],
    ['unreadable minutes', { MIN: '34:60' }, 'rowSet[6].MIN'],
    ['wrongly decoded bytes in a name', { PLAYER_NAME: 'Joki\uFFFD' }, 'rowSet[6].PLAYER_NAME'],
  ];

  it.each(damaged)('with %s is not used at all, and says where', (_, change, where) => {
    const output = interpretPlayerBoxscores(unit([playerLog(changed(PLAYERS, 6, change))]));
    expect(output.rows).toEqual([]);
    expect(codes(output)).toEqual(['error DOCUMENT_INVALID', 'error GAME_MISSING', 'error GAME_MISSING']);
    expect(output.findings[0]?.message).toContain(FILE);
    expect(output.findings[0]?.message).toContain(where);
  });

  it.each([
    ['truncated', cut, 'ends too early, at position 700'],
    ['empty', { ...cut, text: '' }, 'ends too early, at position 0'],
    ['holding NaN for a number', raw(/,12,1,1,/, ',NaN,1,1,'), `is not JSON at position ${text.indexOf(',12,1,1,') + 1}`],
    ['holding an infinite number', raw(/,12,1,1,/, ',1e999,1,1,'), 'rowSet[0].MIN must be minutes as 34, 34.2, "34:12" or "PT34M12.00S", or null, and is Infinity'],
    ['without a header', raw('"FGM"', '"FIELD_GOALS"'), 'header FGM is missing'],
    ['with a header twice', raw('"FG_PCT"', '"FGM"'), 'header FGM stands twice'],
    ['with a short row', raw(/\[\["22024",/, '[['), 'rowSet[0] must be a list of'],
    ['of another shape', { ...cut, text: '{"game":{}}' }, 'resultSets must be a list of one result set, and is undefined'],
    ['that is a list', { ...cut, text: '[]' }, 'resultSets'],
    ['without rows', raw('"rowSet":[[', '"rows":[['), 'resultSets[0].rowSet must be a list of rows, and is undefined'],
  ])('%s names the place', (_, document, problem) => {
    const { findings } = interpretPlayerBoxscores(unit([document]));
    expect(findings[0]).toMatchObject({ severity: 'error', code: 'DOCUMENT_INVALID', message: expect.stringContaining(`${FILE}: `) });
    expect(findings[0]?.message).toContain(problem);
  });

  it('leaves the other documents of the date alone; it is an error while nothing newer can be read', () => {
    const output = interpretPlayerBoxscores(unit([playerLog(PLAYERS, EARLY), { ...playerLog([], LATE), text: cut.text }]));
    expect([output.rows.length, codes(output), output.sources]).toEqual([7, ['error DOCUMENT_INVALID'], [FILE]]);
  });

  it('is only a warning once a newer document can be read: the date must be able to become complete', () => {
    const output = interpretPlayerBoxscores(unit([cut, playerLog(PLAYERS, LATE)]));
    expect([output.rows.length, codes(output)]).toEqual([7, ['warning DOCUMENT_INVALID']]);
  });

  it('of players among those of teams is refused', () => {
    const output = interpretTeamBoxscores(unit([{ ...teamLog([]), text }], oneGame));
    expect(codes(output)).toEqual(['error DOCUMENT_INVALID', 'error GAME_MISSING']);
  });
});

describe('what is missing', () => {
  it('a player: the team does not add up', () => {
    const output = interpretPlayerBoxscores(unit([playerLog(PLAYERS.filter((_, n) => n !== 1))]));
    expect(output.rows).toHaveLength(6);
    expect(output.findings).toEqual([
      {
        severity: 'error', code: 'TOTALS_DIFFER',
        message: `${FILE}: game ${GAME} on 2025-01-15 (CHI at NYK): NYK (${NYK}): expected 5 points as the schedule has them, found 3 in 2 player rows`,
      },
    ]);
  });

  it('points of a player: the sum is unknown, not smaller', () => {
    const output = interpretPlayerBoxscores(unit([playerLog(changed(firstGame, 2, { PTS: null }))], oneGame));
    expect(codes(output)).toEqual(['error TOTALS_DIFFER']);
    expect(output.findings[0]?.message).toContain('a row has no points');
  });

  it('a team', () => {
    const output = interpretPlayerBoxscores(unit([playerLog(firstGame.slice(0, 3))], oneGame));
    expect(codes(output)).toEqual(['error TEAM_MISSING']);
    expect(output.findings[0]?.message).toContain(`CHI (${CHI})`);
    expect(output.rows).toHaveLength(3);
  });

  it('a game that no document has', () => {
    const output = interpretPlayerBoxscores(unit([playerLog(firstGame)]));
    expect(codes(output)).toEqual(['error GAME_MISSING']);
    for (const part of [OTHER_GAME, 'DEN at UTA', FILE, 'nx run backfill:phase2 --date 2025-01-15']) expect(output.findings[0]?.message).toContain(part);
  });

  it('the document', () => {
    const output = interpretPlayerBoxscores(unit([], oneGame));
    expect(codes(output)).toEqual(['error GAME_MISSING']);
    expect(output.findings[0]?.message).toContain('nba-com/player-boxscores/2025-01-15/<YYYYMMDD_HHMMSS>.json');
  });

  it('nothing, on a date without final games', () => {
    expect(interpretPlayerBoxscores(unit([], { schedule: [scheduleRow({ game_status: 1, home_score: null, away_score: null })] }))).toEqual({ rows: [], findings: [], sources: [] });
  });
});

describe('rows that do not belong', () => {
  it('of a game the schedule has on another date are not stored', () => {
    const output = interpretPlayerBoxscores(unit([playerLog(PLAYERS)], oneGame));
    expect(ids(output)).toEqual([1, 2, 3, 4, 5]);
    expect(codes(output)).toEqual(['error GAME_NOT_ON_DATE']);
    for (const part of [FILE, '2025-01-15', OTHER_GAME, 'UTA', 'DEN', '2 rows']) expect(output.findings[0]?.message).toContain(part);
  });

  it('because they are dated otherwise are not stored', () => {
    const output = interpretPlayerBoxscores(unit([playerLog(firstGame.map((values) => ({ ...values, GAME_DATE: '2025-01-14' })))], oneGame));
    expect([output.rows.length, codes(output)]).toEqual([0, ['error GAME_NOT_ON_DATE', 'error GAME_MISSING']]);
    expect(output.findings[0]?.message).toContain('2025-01-14');
  });

  it('of an unknown game type are not waved through', () => {
    const output = interpretPlayerBoxscores(unit([playerLog([...PLAYERS, line(1, { GAME_ID: '0072400001', PLAYER_ID: 9 })])]));
    expect(codes(output)).toEqual(['error GAME_NOT_ON_DATE']);
  });

  it('of a third team are not stored, and the game is in doubt', () => {
    const output = interpretPlayerBoxscores(unit([playerLog([...firstGame, line(1, { TEAM_ID: 99, TEAM_ABBREVIATION: 'XXX', PLAYER_ID: 9, PLAYER_NAME: 'Y' })])], oneGame));
    expect([output.rows.length, codes(output)]).toEqual([5, ['error TEAM_NOT_IN_GAME']]);
  });

  it('twice and alike are stored once', () => {
    const output = interpretPlayerBoxscores(unit([playerLog([...firstGame, firstGame[0]!])], oneGame));
    expect([ids(output), codes(output)]).toEqual([[1, 2, 3, 4, 5], ['warning DUPLICATE_ROW']]);
  });

  it('twice and different put the game in doubt', () => {
    const output = interpretPlayerBoxscores(unit([playerLog([...firstGame, { ...firstGame[0]!, AST: 7 }])], oneGame));
    expect([ids(output), codes(output)]).toEqual([[1, 2, 3, 4, 5], ['error DUPLICATE_ROW']]);
    expect(output.findings[0]?.message).toContain('assists (0, 7)');
  });
});

describe('several documents of a date', () => {
  const versions = (early: readonly FeedLine[], late: readonly FeedLine[]) =>
    interpretPlayerBoxscores(unit([playerLog(early, EARLY), playerLog(late, LATE)]));

  it('partial, then final: the final one', () => {
    const output = versions(PLAYERS.slice(0, 3), PLAYERS);
    expect([ids(output), output.findings, output.sources]).toEqual([[1, 2, 3, 4, 5, 6, 7], [], [LATE_FILE]]);
  });

  it('final, then one that lacks a game: each game from where it is', () => {
    const output = versions(PLAYERS, firstGame);
    expect([ids(output), output.findings, output.sources]).toEqual([[1, 2, 3, 4, 5, 6, 7], [], [FILE, LATE_FILE]]);
  });

  it('final, then a poorer one: the final one, and a word about the other', () => {
    const output = versions(PLAYERS, PLAYERS.slice(1));
    expect([ids(output), codes(output)]).toEqual([[1, 2, 3, 4, 5, 6, 7], ['warning NEWER_VERSION_DOES_NOT_RECONCILE']]);
    for (const part of [FILE, LATE_FILE, GAME, `NYK (${NYK}) 2 for 5`]) expect(output.findings[0]?.message).toContain(part);
  });

  it('both reconcile: the newer, a correction', () => {
    const output = versions(PLAYERS, changed(PLAYERS, 0, { AST: 4 }));
    expect([output.rows[0]?.['assists'], output.findings]).toEqual([4, []]);
  });

  it('neither reconciles: the newer, with what is wrong in it', () => {
    const output = versions(PLAYERS.slice(1), PLAYERS.filter((_, n) => n !== 1));
    expect([ids(output), codes(output)]).toEqual([[1, 3, 4, 5, 6, 7], ['error TOTALS_DIFFER']]);
  });

  it('what was wrong in an older one is forgotten', () => {
    const output = versions([...PLAYERS, { ...PLAYERS[0]!, AST: 9 }], PLAYERS);
    expect(output.findings).toEqual([]);
  });
});

describe('lines that cannot be', () => {
  it.each<[string, FeedLine]>([
    ['field_goals_made', { FGM: 2, PTS: 3, FTM: -0, FG3M: 0, FGA: 1 }],
    ['points', { FTM: 0, FTA: 0 }],
    ['rebounds', { REB: 3, OREB: 1, DREB: 1 }],
    ['free_throws_made', { FTA: 0 }],
    ['three_pointers_attempted', { FG3A: 2 }],
    ['personal_fouls', { PF: 7 }],
  ])('%s: stored as the feed has it, and an error', (column, change) => {
    const output = interpretPlayerBoxscores(unit([playerLog(changed(firstGame, 0, change))], oneGame));
    expect(output.rows).toHaveLength(5);
    expect(new Set(codes(output))).toEqual(new Set(['error IMPOSSIBLE_LINE']));
    expect(output.findings[0]?.message).toContain('Jalen Brunson (1)');
    expect(output.findings.map(({ message }) => message).join()).toContain(column);
  });
});

describe('team box scores', () => {
  it('are stored, a fraction of plus-minus included', () => {
    const output = interpretTeamBoxscores(unit([teamLog(changed(TEAMS, 0, { PLUS_MINUS: -2.6, PF: 22 }))]));
    expect(output.findings).toEqual([]);
    expect(output.rows).toHaveLength(4);
    expect(output.rows[0]).toMatchObject({ team_id: NYK, team_name: 'New York Knicks', seconds_played: 14_400, points: 5, plus_minus: -2.6, personal_fouls: 22 });
  });

  it('must equal the schedule, team by team', () => {
    const output = interpretTeamBoxscores(unit([teamLog(changed(TEAMS, 1, { PTS: 2, FTM: 0, FTA: 0 }))]));
    expect(output.findings).toMatchObject([{ severity: 'error', code: 'TOTALS_DIFFER', message: expect.stringContaining(`CHI (${CHI}): expected 3`) }]);
  });

  it('without the other team', () => {
    expect(codes(interpretTeamBoxscores(unit([teamLog(TEAMS.slice(1))])))).toEqual(['error TEAM_MISSING']);
  });
});
