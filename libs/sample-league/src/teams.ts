export type Division = 'Atlantic' | 'Central' | 'Southeast' | 'Northwest' | 'Pacific' | 'Southwest';

export interface Team {
  readonly id: number;
  readonly city: string;
  readonly name: string;
  readonly tricode: string;
  readonly division: Division;
  readonly arena: string;
  readonly arenaCity: string;
  /** Hours behind Eastern time: decides when home games begin. */
  readonly hoursBehindEast: 0 | 1 | 2 | 3;
}

type Row = readonly [number, string, string, string, Division, string, string, 0 | 1 | 2 | 3];

const ROWS: readonly Row[] = [
  [1610612737, 'Atlanta', 'Hawks', 'ATL', 'Southeast', 'State Farm Arena', 'Atlanta', 0],
  [1610612738, 'Boston', 'Celtics', 'BOS', 'Atlantic', 'TD Garden', 'Boston', 0],
  [1610612739, 'Cleveland', 'Cavaliers', 'CLE', 'Central', 'Rocket Arena', 'Cleveland', 0],
  [1610612740, 'New Orleans', 'Pelicans', 'NOP', 'Southwest', 'Smoothie King Center', 'New Orleans', 1],
  [1610612741, 'Chicago', 'Bulls', 'CHI', 'Central', 'United Center', 'Chicago', 1],
  [1610612742, 'Dallas', 'Mavericks', 'DAL', 'Southwest', 'American Airlines Center', 'Dallas', 1],
  [1610612743, 'Denver', 'Nuggets', 'DEN', 'Northwest', 'Ball Arena', 'Denver', 2],
  [1610612744, 'Golden State', 'Warriors', 'GSW', 'Pacific', 'Chase Center', 'San Francisco', 3],
  [1610612745, 'Houston', 'Rockets', 'HOU', 'Southwest', 'Toyota Center', 'Houston', 1],
  [1610612746, 'LA', 'Clippers', 'LAC', 'Pacific', 'Intuit Dome', 'Inglewood', 3],
  [1610612747, 'Los Angeles', 'Lakers', 'LAL', 'Pacific', 'Crypto.com Arena', 'Los Angeles', 3],
  [1610612748, 'Miami', 'Heat', 'MIA', 'Southeast', 'Kaseya Center', 'Miami', 0],
  [1610612749, 'Milwaukee', 'Bucks', 'MIL', 'Central', 'Fiserv Forum', 'Milwaukee', 1],
  [1610612750, 'Minnesota', 'Timberwolves', 'MIN', 'Northwest', 'Target Center', 'Minneapolis', 1],
  [1610612751, 'Brooklyn', 'Nets', 'BKN', 'Atlantic', 'Barclays Center', 'Brooklyn', 0],
  [1610612752, 'New York', 'Knicks', 'NYK', 'Atlantic', 'Madison Square Garden', 'New York', 0],
  [1610612753, 'Orlando', 'Magic', 'ORL', 'Southeast', 'Kia Center', 'Orlando', 0],
  [1610612754, 'Indiana', 'Pacers', 'IND', 'Central', 'Gainbridge Fieldhouse', 'Indianapolis', 0],
  [1610612755, 'Philadelphia', '76ers', 'PHI', 'Atlantic', 'Wells Fargo Center', 'Philadelphia', 0],
  [1610612756, 'Phoenix', 'Suns', 'PHX', 'Pacific', 'Footprint Center', 'Phoenix', 2],
  [1610612757, 'Portland', 'Trail Blazers', 'POR', 'Northwest', 'Moda Center', 'Portland', 3],
  [1610612758, 'Sacramento', 'Kings', 'SAC', 'Pacific', 'Golden 1 Center', 'Sacramento', 3],
  [1610612759, 'San Antonio', 'Spurs', 'SAS', 'Southwest', 'Frost Bank Center', 'San Antonio', 1],
  [1610612760, 'Oklahoma City', 'Thunder', 'OKC', 'Northwest', 'Paycom Center', 'Oklahoma City', 1],
  [1610612761, 'Toronto', 'Raptors', 'TOR', 'Atlantic', 'Scotiabank Arena', 'Toronto', 0],
  [1610612762, 'Utah', 'Jazz', 'UTA', 'Northwest', 'Delta Center', 'Salt Lake City', 2],
  [1610612763, 'Memphis', 'Grizzlies', 'MEM', 'Southwest', 'FedExForum', 'Memphis', 1],
  [1610612764, 'Washington', 'Wizards', 'WAS', 'Southeast', 'Capital One Arena', 'Washington', 0],
  [1610612765, 'Detroit', 'Pistons', 'DET', 'Central', 'Little Caesars Arena', 'Detroit', 0],
  [1610612766, 'Charlotte', 'Hornets', 'CHA', 'Southeast', 'Spectrum Center', 'Charlotte', 0],
];

/** The thirty teams under their real ids, in id order. */
export const TEAMS: readonly Team[] = ROWS.map(
  ([id, city, name, tricode, division, arena, arenaCity, hoursBehindEast]) => ({ id, city, name, tricode, division, arena, arenaCity, hoursBehindEast }),
);

const EASTERN: ReadonlySet<Division> = new Set<Division>(['Atlantic', 'Central', 'Southeast']);

export function conferenceOf(team: Team): 'East' | 'West' {
  return EASTERN.has(team.division) ? 'East' : 'West';
}
