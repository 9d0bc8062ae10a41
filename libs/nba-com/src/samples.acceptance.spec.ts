import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseSeason } from '@nba/kernel';
import { parseGameLog } from './parse-game-log';
import { splitByDate } from './split-by-date';

/** Single real answers of nba.com; absent outside the workplace. */
const SAMPLES = join(__dirname, '../../../../shared/samples');
const there = existsSync(SAMPLES);
if (!there) process.stderr.write(`Skipped, because there are no samples at ${SAMPLES}: real answers of nba.com\n`);

function sample(name: string): { resultSets: { rowSet: unknown[][] }[] } {
  const content = readFileSync(join(SAMPLES, name));
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(content) : content).toString('utf8')) as { resultSets: { rowSet: unknown[][] }[] };
}

(there ? describe : describe.skip)(`real answers of nba.com${there ? '' : ` (needs ${SAMPLES})`}`, () => {
  it('a season under way is read and split: every row is there', () => {
    const json = sample('stats_leaguegamelog/leaguegamelog_T_2025-26_partial.json.gz');
    const log = parseGameLog(json, { kind: 'team-boxscores', season: parseSeason('2025-26'), gameType: 'regular-season' });
    const dates = splitByDate(log);
    expect(log.rows).toHaveLength(1688);
    expect(dates.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(1688);
    expect(dates[0]?.date).toBe('2025-10-21');
    for (const { rows } of dates) expect(rows.length % 2).toBe(0);
  });

  it('a date of players is read', () => {
    const json = sample('stats_leaguegamelog/leaguegamelog_P_2024-25_2025-03-15.json');
    const { rows } = parseGameLog(json, { kind: 'player-boxscores', season: parseSeason('2024-25'), gameType: 'regular-season' });
    expect(rows.length).toBe(json.resultSets[0]?.rowSet.length);
  });

  it.each([
    ['stats_leaguegamelog/teamgamelog_2023-24_team1610612747.json', /lack SEASON_ID/], ['stats_leaguegamelog/playergamelog_2025-26_player1628378.json', /lack GAME_ID|lack TEAM_ID/],
    ['stats_leaguegamelog/teamgamelogs_2023-24_team1610612747.json', /lack SEASON_ID/], ['stats_scoreboard/scoreboardv2_2024-01-15.json', /resultSets must be a list of one/],
    ['stats_scoreboard/scoreboardv3_2025-07-15_empty.json', /resultSets must be a list of one/], ['stats_boxscore/boxscoretraditionalv3_0022200552.json', /resultSets must be a list of one/],
  ])('an answer of a neighbouring endpoint is refused: %s', (name, says) => {
    const { parameters: _asked, ...json } = sample(name) as unknown as Record<string, unknown>;
    expect(() => parseGameLog(json, { kind: 'team-boxscores', season: parseSeason('2023-24'), gameType: 'regular-season' })).toThrow(says);
  });
});
