/**
 * What stats.nba.com wants to see: it leaves requests that do not look like those of its own pages without an answer, until they time out.
 * These are the headers that well-kept clients send. What ages first is the browser's name, so a caller may give another.
 */
export const REQUEST_HEADERS: Readonly<Record<string, string>> = {
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  accept: 'application/json, text/plain, */*',
  'accept-language': 'en-US,en;q=0.9',
  referer: 'https://www.nba.com/',
  origin: 'https://www.nba.com',
  'x-nba-stats-origin': 'stats',
  'x-nba-stats-token': 'true',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
};
