import type { Output } from './run-program';

/** A stream that text can be written to: the process's own, as a rule. */
export interface TextStream {
  write(text: string): unknown;
  on(event: 'error', hear: (fault: Error) => void): unknown;
}

/**
 * A program's output on two streams. Who reads may go away before the end, as `| head` does: then nobody sees the rest, and the
 * work goes on to its exit code.
 */
export function streamOutput(lines: TextStream, errors: TextStream): Output {
  for (const stream of [lines, errors]) {
    stream.on('error', (fault) => {
      if ((fault as { readonly code?: string }).code !== 'EPIPE') throw fault;
    });
  }
  return { line: (text) => void lines.write(`${text}\n`), error: (text) => void errors.write(`${text}\n`) };
}
