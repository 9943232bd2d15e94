// How values are said.
const counts = new Intl.NumberFormat('en');
const many = (number, one, more = `${one}s`) => `${counts.format(number)} ${number === 1 ? one : more}`;

function span(ms) {
  if (ms === undefined || ms === null || Number.isNaN(ms)) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000), minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
  return hours > 0 ? `${counts.format(hours)} h ${minutes % 60} min` : seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

const seconds = ms => `${(ms / 1000).toFixed(2)} s`;
const clock = ms => `${Math.floor(ms / 60000)}:${((ms % 60000) / 1000).toFixed(1).padStart(4, '0')}`;

function money(usd) {
  if (usd === undefined || usd === null) return '–';
  if (usd === 0) return '$0';
  return `$${usd >= 10 ? usd.toFixed(2) : usd.toFixed(4).replace(/0{1,2}$/, '')}`;
}

function bytes(size) {
  if (size === undefined) return undefined;
  return size < 1e6 ? `${counts.format(Math.ceil(size / 1e3))} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const moment = ms => el('time', { datetime: new Date(ms).toISOString(), title: new Date(ms).toISOString() }, day.format(ms));

// Results' statuses and plans' actions: a mark, a tone, and how much it wants to be seen.
const STATUS = {
  succeeded: { mark: '✓', tone: 'ok', rank: 6 },
  reused: { mark: '=', tone: 'info', rank: 7 },
  skipped: { mark: '–', tone: 'calm', rank: 9 },
  pending: { mark: '…', tone: 'calm', rank: 3 },
  stalled: { mark: '‖', tone: 'warn', rank: 2 },
  unknown: { mark: '?', tone: 'odd', rank: 1 },
  failed: { mark: '✕', tone: 'bad', rank: 0 },
  create: { mark: '+', tone: 'ok', rank: 5, word: 'new' },
  change: { mark: '~', tone: 'warn', rank: 4, word: 'changed' },
  resume: { mark: '>', tone: 'warn', rank: 2, word: 'to resume' },
  settle: { mark: '?', tone: 'odd', rank: 1, word: 'to settle' },
  reuse: { mark: '=', tone: 'info', rank: 7, word: 'there already' },
  skip: { mark: '–', tone: 'calm', rank: 9, word: 'left out' },
  blocked: { mark: '!', tone: 'bad', rank: 0, word: 'blocked' },
};
const NAMES = Object.keys(STATUS);
const statusOf = name => Object.hasOwn(STATUS, name) ? STATUS[name] : { mark: '·', tone: 'calm', rank: 8 };
const statusWord = name => statusOf(name).word ?? name;
const mark = name => el('span', { class: `mark ${statusOf(name).tone}`, 'aria-hidden': 'true' }, statusOf(name).mark);

const MODEL = { 'kling-identify-face': 'Identify faces', 'kling-lip-sync': 'Lip-sync' };

