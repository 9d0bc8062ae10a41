/** Makes an element. Text goes in as text, whatever it holds. */
export function element<K extends keyof HTMLElementTagNameMap>(
  _: unknown, tag: K, attributes: Readonly<Record<string, string | number>> = {}, ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}
