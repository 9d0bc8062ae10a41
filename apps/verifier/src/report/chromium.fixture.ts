/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright-core';

/** Starts a browser without a window. @throws Error saying how to install one where there is none */
export function openChromium(): Promise<Browser> {
  const executablePath = process.env['NBA_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`There is no browser at ${executablePath}: apt-get install chromium, or say where one is by NBA_CHROMIUM.`);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page that is open, and everything that it did beside being shown. */
export interface OpenPage {
  readonly page: Page;
  /** What it asked for, its own file aside. */
  readonly requests: string[];
  /** What it wrote to the console, and what it threw. */
  readonly complaints: string[];
}

/** Opens a file and waits until its script has drawn it. */
export async function openPage(browser: Browser, file: string, colorScheme: 'light' | 'dark' = 'light'): Promise<OpenPage> {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1440, height: 900 } });
  const url = pathToFileURL(file).href;
  const [requests, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => request.url() !== url && requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.waitForSelector('html[data-ready]', { timeout: 30_000 });
  return { page, requests, complaints };
}

/** Every text that can be seen and is not told well enough from what it stands on, by the WCAG's contrast of colours; and how many were looked at. */
export function textsTooFaint(page: Page, least = 4.5): Promise<{ readonly looked: number; readonly faint: string[] }> {
  return page.evaluate((limit) => {
    const numbers = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string): number => {
      const [r = 0, g = 0, b = 0] = numbers(color).slice(0, 3).map((value) => value / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element: Element | null): string => {
      if (!element) return 'rgb(255, 255, 255)';
      const { backgroundColor } = getComputedStyle(element);
      return (numbers(backgroundColor)[3] ?? 1) === 0 ? behind(element.parentElement) : backgroundColor;
    };
    const texts = Array.from(document.querySelectorAll('body *')).filter((element) => !['SCRIPT', 'NOSCRIPT', 'STYLE'].includes(element.tagName) && element.checkVisibility()
      && Array.from(element.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== ''));
    const faint = texts.flatMap((element) => {
      const [text, ground] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
      const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      return ratio < limit ? [`${element.tagName}.${element.className} "${(element.textContent ?? '').slice(0, 40)}": ${ratio.toFixed(2)}`] : [];
    });
    return { looked: texts.length, faint };
  }, least);
}
