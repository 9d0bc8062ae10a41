import { addDays, parseGameDate, type Row } from '@nba/kernel';
import type { League } from './league.fixture';

const TEAMS = [11, 12, 13, 14];
const STARTS = ['2023-10-20', '2024-10-22'];
const DAYS = 44;
/** What a box score may lack. Points decide wins: of them none. */
const UNKNOWN_OF_TEAMS = ['turnovers', 'offensive_rebounds'];
const UNKNOWN_OF_PLAYERS = [['rebounds'], ['assists'], ['seconds_played', 'minutes']];

/** A generator of numbers in [0, 1) that a seed determines (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Four teams, two short seasons, at most one game a team a day: off days, back-to-backs, players who miss games, who are
 * traded and come back, values that nobody knows, games that never took place, a last week still to be played, exhibition games, overtime, zeros.
 */
export function randomLeague(seed: number): League {
  const random = randomFrom(seed);
  const upTo = (limit: number) => Math.floor(random() * (limit + 1));
  const schedule: Row[] = [];
  const teams: Row[] = [];
  const players: Row[] = [];

  const line = (largest: number, seconds: number): Record<string, number> => {
    const [threes, twos, free] = [upTo(largest), upTo(largest), upTo(largest)];
    const [offensive, defensive] = [upTo(largest), upTo(largest)];
    return {
      seconds_played: seconds, minutes: seconds / 60, field_goals_made: threes + twos, field_goals_attempted: threes + twos + upTo(largest),
      three_pointers_made: threes, three_pointers_attempted: threes + upTo(1), free_throws_made: free, free_throws_attempted: free + upTo(2),
      offensive_rebounds: offensive, defensive_rebounds: defensive, rebounds: offensive + defensive, assists: upTo(largest), steals: upTo(3),
      blocks: upTo(3), turnovers: upTo(largest), personal_fouls: upTo(6), points: 3 * threes + 2 * twos + free, plus_minus: upTo(40) - 20,
    };
  };

  const lacking = (row: Record<string, number>, columns: readonly string[]): Record<string, number | null> =>
    (random() < 0.03 ? { ...row, ...Object.fromEntries(columns.map((column) => [column, null])) } : row);

  STARTS.forEach((start, year) => {
    const season = year === 0 ? '2023-24' : '2024-25';
    const teamOf = new Map(Array.from({ length: 24 }, (_, i) => [900 + i, TEAMS[i % 4] as number]));
    let number = 0;
    for (let d = 0; d < DAYS; d++) {
      const date = addDays(parseGameDate(start), d);
      for (const id of teamOf.keys()) if (random() < 0.01) teamOf.set(id, TEAMS[upTo(3)] as number);
      const order = [...TEAMS].sort(() => random() - 0.5);
      const pairs = random() < 0.3 ? [] : random() < 0.5 ? [order.slice(0, 2)] : [order.slice(0, 2), order.slice(2)];
      for (const [home, away] of pairs as [number, number][]) {
        const exhibition = d < 3;
        const game_id = `${exhibition ? '001' : '002'}${23 + year}${String(++number).padStart(5, '0')}`;
        const played = !exhibition && random() > 0.06 && !(year === 1 && d > DAYS - 7);
        const game = { game_id, game_date: date, season };
        schedule.push({
          ...game, game_type: exhibition ? 'preseason' : 'regular-season', game_status: played ? 3 : 1, game_status_text: '', tipoff_at: null,
          home_team_id: home, home_team_tricode: `T${home}`, home_score: null, away_team_id: away, away_team_tricode: `T${away}`, away_score: null,
          arena_name: '', arena_city: '', is_neutral: false, game_label: '', postponed_status: 'N', source_document: '',
        });
        if (!played) continue;
        const seconds = 60 * (240 + 25 * (random() < 0.2 ? upTo(2) : 0) + upTo(7) - 3);
        for (const team_id of [home, away]) {
          // Points decide wins: never a tie.
          const box = line(30, seconds);
          teams.push({ ...game, team_id, team_tricode: `T${team_id}`, team_name: '', ...lacking(box, [UNKNOWN_OF_TEAMS[upTo(1)] as string]), points: 2 * (box['points'] ?? 0) + (team_id === home ? 1 : 0) });
          for (const [player_id, team] of teamOf) {
            if (team !== team_id || random() < 0.25 + (player_id % 5) * 0.15) continue;
            players.push({ ...game, team_id, team_tricode: `T${team_id}`, player_id, player_name: `Player ${player_id}'s`, ...lacking(line(random() < 0.1 ? 0 : 9, 60 * upTo(random() < 0.1 ? 0 : 48)), UNKNOWN_OF_PLAYERS[upTo(2)] ?? []) });
          }
        }
      }
    }
  });
  return { schedule, teams, players };
}
