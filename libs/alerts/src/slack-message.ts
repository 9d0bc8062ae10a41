import type { Alert } from '@nba/kernel';

/** Slack refuses a whole message when one text is longer than its block may hold. */
const HEADER_CHARACTERS = 150;
const SECTION_CHARACTERS = 3_000;

const CODE = '```';

/** What Slack is to show: a header, the lines, the command in a code block, and a text for notifications. */
export function slackMessage({ title, lines, resolution }: Alert): object {
  const sections = [
    ...(lines.length > 0 ? [escapeWithin(lines.join('\n'), SECTION_CHARACTERS)] : []),
    ...(resolution === null ? [] : [`${CODE}${escapeWithin(resolution.replaceAll(CODE, "'''"), SECTION_CHARACTERS - 2 * CODE.length)}${CODE}`]),
  ];
  return {
    text: escapeWithin([title, ...lines, ...(resolution === null ? [] : [resolution])].join('\n'), SECTION_CHARACTERS),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: escapeWithin(title.replace(/\s+/g, ' '), HEADER_CHARACTERS), emoji: false } },
      // verbatim: a name in a line must not become a mention, nor a table's name a link.
      ...sections.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })),
    ],
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes what Slack takes for markup, and cuts between characters, never inside an escape. */
export function escapeWithin(text: string, characters: number): string {
  const pieces = Array.from(text, (character) => ENTITIES[character] ?? character);
  const whole = pieces.join('');
  if (whole.length <= characters) return whole;
  let cut = '';
  for (const piece of pieces) {
    if (cut.length + piece.length > characters - 1) break;
    cut += piece;
  }
  return `${cut}…`;
}
