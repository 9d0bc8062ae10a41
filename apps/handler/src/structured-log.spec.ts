import { StructuredLog, traceFields } from './structured-log';

describe('StructuredLog', () => {
  it('writes one JSON object a line, with the fields of its kind and its own', () => {
    const lines: string[] = [];
    const log = new StructuredLog((line) => lines.push(line)).with({ topic: 't' });
    log.log('WARNING', 'first\nsecond', { runId: 'r', left: undefined });
    expect(lines.map((line) => JSON.parse(line))).toEqual([{ severity: 'WARNING', message: 'first\nsecond', topic: 't', runId: 'r' }]);
    expect(lines[0]).not.toContain('\n');
  });
});

describe('traceFields', () => {
  const TRACE = '105445aa7843bc8bf206b12000100000';
  it.each([
    [{ traceparent: `00-${TRACE}-000000000000004a-01` }, '000000000000004a', true],
    [{ 'x-cloud-trace-context': `${TRACE}/74;o=1` }, '000000000000004a', true],
    [{ 'x-cloud-trace-context': `${TRACE}/18446744073709551615;o=0` }, 'ffffffffffffffff', false],
    [{ 'x-cloud-trace-context': TRACE }, undefined, false],
  ])('names the trace as Cloud Logging wants it: %j', (headers, span, sampled) => {
    expect(traceFields(headers, 'p')).toEqual({
      'logging.googleapis.com/trace': `projects/p/traces/${TRACE}`, 'logging.googleapis.com/spanId': span, 'logging.googleapis.com/trace_sampled': sampled,
    });
  });

  it('says nothing without a trace', () => {
    expect(traceFields({}, 'p')).toEqual({});
    expect(traceFields({ traceparent: 'what', 'x-cloud-trace-context': 'ever' }, 'p')).toEqual({});
  });
});
