import type { ClientParts } from './client-parts';

/** A command that can be selected with one click and copied with another. */
export function commandLine(parts: Pick<ClientParts, 'element'>, command: string): HTMLElement {
  const code = parts.element(parts, 'code', {}, command);
  const button = parts.element(parts, 'button', { type: 'button', class: 'copy', 'aria-label': `Copy: ${command}` }, 'Copy');
  button.addEventListener('click', () => {
    const said = (word: string): void => {
      button.textContent = word;
      setTimeout(() => (button.textContent = 'Copy'), 1500);
    };
    const select = (): void => {
      // Where the clipboard is out of reach: what is selected is one key away from being copied.
      getSelection()?.selectAllChildren(code);
      said('Selected');
    };
    if (!navigator.clipboard) select();
    else navigator.clipboard.writeText(command).then(() => said('Copied'), select);
  });
  return parts.element(parts, 'div', { class: 'command' }, code, button);
}
