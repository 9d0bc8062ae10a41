import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EventSink } from './event-sink';

/** Appends each event to a file, one JSON a line. The folder is made when it is not there. */
export class FileSink implements EventSink {
  constructor(readonly name: string) {}

  async send(event: string): Promise<void> {
    await mkdir(dirname(this.name), { recursive: true });
    await appendFile(this.name, `${event}\n`);
  }
}
