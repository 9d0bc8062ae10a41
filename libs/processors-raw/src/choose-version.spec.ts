import fc from 'fast-check';
import { PLAYERS, SCHEDULE, line, playerLog, unit, type FeedLine } from './boxscores.fixture';
import { interpretPlayerBoxscores } from './interpret-player-boxscores';

const GAMES = SCHEDULE.map((row) => String(row['game_id']));

/** What one scrape has of one game: nothing, some of the rows (never all the scorers), or all of them. */
const share = fc.oneof(
  fc.constant('none' as const),
  fc.constant('all' as const),
  fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 7 }),
);

function scraped(gameId: string, part: 'none' | 'all' | number[]): FeedLine[] {
  const lines = PLAYERS.filter((values) => values['GAME_ID'] === gameId);
  if (part === 'none') return [];
  if (part === 'all') return lines;
  const dropped = lines.filter((_, n) => part.includes(n));
  return dropped.some((values) => Number(values['PTS']) > 0) ? lines.filter((values) => !dropped.includes(values)) : lines;
}

describe('one date split over several scrapes', () => {
  it('is stored whole as soon as each game is whole in one of them, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 5 }), (scrapes) => {
        const documents = scrapes.map((parts, n) => playerLog(GAMES.flatMap((id, game) => scraped(id, parts[game]!)), `2025011${n}_060000`));
        const output = interpretPlayerBoxscores(unit(documents));
        GAMES.forEach((id, game) => {
          const all = PLAYERS.filter((values) => values['GAME_ID'] === id);
          const versions = scrapes.map((parts) => scraped(id, parts[game]!));
          const errors = output.findings.filter(({ severity, message }) => severity === 'error' && message.includes(`game ${id}`));
          const stored = output.rows.filter((row) => row['game_id'] === id).map((row) => row['player_id']);
          const isWhole = versions.some((lines) => lines.length === all.length);
          const newest = versions.filter((lines) => lines.length > 0).at(-1) ?? [];
          expect(stored).toEqual((isWhole ? all : newest).map((values) => values['PLAYER_ID']));
          expect(errors.length > 0).toBe(!isWhole);
        });
      }),
    );
  });

  it('counts: every row of the source is stored, or its loss is told', () => {
    const strays = fc.array(fc.constantFrom('0022400999', '0062400001'), { maxLength: 6 });
    fc.assert(
      fc.property(strays, (gameIds) => {
        const extra = gameIds.map((id, n) => line(1, { GAME_ID: id, PLAYER_ID: 100 + n, PLAYER_NAME: 'Z' }));
        const { rows, findings } = interpretPlayerBoxscores(unit([playerLog([...PLAYERS, ...extra])]));
        const misplaced = gameIds.filter((id) => id === '0022400999').length;
        expect(rows).toHaveLength(PLAYERS.length);
        expect(findings.map(({ message }) => Number(/Its (\d+) rows/.exec(message)?.[1]))).toEqual(misplaced > 0 ? [misplaced] : []);
      }),
    );
  });
});
