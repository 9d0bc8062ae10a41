import { sameDate, sql } from '@nba/kernel';
import { blocks, defineProcessor, reads, type Processor } from './processor';
import { createRegistry } from './registry';
import { toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';

const names = (processors: readonly Processor[]): string[] => processors.map(({ table }) => table.name);

/** Another processor of the form table's shape. */
function another(name: string, over: Partial<Pick<Processor, 'phase' | 'upstreams'>>): Processor {
  return defineProcessor({
    phase: 3, table: { ...toyForm.table, name }, upstreams: {}, games: 'final',
    spine: () => sql`SELECT 1`, query: () => sql`SELECT 1`, ...over,
  });
}

describe('createRegistry', () => {
  it('puts every processor after what it reads, whatever the order of declaration', () => {
    const registry = createRegistry([toyTiers, toyForm, toyPoints, toySchedule]);
    expect(names(registry.processors)).toEqual(['nbac_schedule', 'toy_points', 'toy_form', 'toy_tiers']);
  });

  it('keeps the order of declaration where nothing else decides, earlier phases first', () => {
    const [b, a, early] = [another('b', {}), another('a', {}), another('early', { phase: 2 })];
    expect(names(createRegistry([b, a, early]).processors)).toEqual(['early', 'b', 'a']);
  });

  it('knows the processors of a phase', () => {
    const registry = createRegistry([toySchedule, toyPoints, toyForm, toyTiers]);
    expect(names(registry.inPhase(2))).toEqual(['nbac_schedule', 'toy_points']);
    expect(names(registry.inPhase(4))).toEqual(['toy_tiers']);
  });

  it.each(['ToyFormProcessor', 'toy_form', 'nba_analytics.toy_form'])('finds a processor as %s', (name) => {
    expect(createRegistry([toySchedule, toyPoints, toyForm]).find(name)).toBe(toyForm);
  });

  it('says what there is when a name is not found', () => {
    expect(() => createRegistry([toySchedule, toyPoints]).find('ToyFrom')).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: 'There is no processor "ToyFrom". There are: NbacScheduleProcessor, ToyPointsProcessor.' }),
    );
  });

  it.each<[string, () => Processor[], string]>([
    ['two processors of one name', () => [another('twin', {}), another('twin', {})], 'TwinProcessor is declared twice'],
    ['an upstream that is not registered', () => [toySchedule, toyForm], 'nba_analytics.toy_form reads nba_raw.toy_points, which is not registered'],
    [
      'an upstream of a later phase',
      () => [toySchedule, toyPoints, toyForm, another('hasty', { phase: 2, upstreams: { form: reads(toyForm, blocks(sameDate(), [])) } })],
      'nba_analytics.hasty reads nba_analytics.toy_form of a later phase',
    ],
    [
      'a column that the upstream lacks',
      () => [toySchedule, toyPoints, another('curious', { upstreams: { points: reads(toyPoints, blocks(sameDate(), ['points', 'dunks'])) } })],
      'nba_analytics.curious reads column dunks, which nba_raw.toy_points does not have',
    ],
    [
      'an upstream that is read through no lookback',
      () => [toySchedule, toyPoints, another('blind', { upstreams: { points: reads(toyPoints) } })],
      'nba_analytics.blind reads nba_raw.toy_points through no lookback',
    ],
  ])('refuses %s', (_, declared, message) => {
    expect(() => createRegistry(declared())).toThrow(expect.objectContaining({ code: 'INVALID_DEFINITION', message }));
  });
});
