// The console: shows what GET /api/jobs and /api/health say, and makes the other calls for people.
// Whatever comes from a server goes into the page as text. Times are by the server's clock.

const $ = (id) => document.getElementById(id);
const FAST = 2_000, SLOW = 30_000, PATIENCE = 20_000, STEP = 100, MAX_JOBS = 1_000;
const STATES = { waiting: 'Waiting', copying: 'Copying', copied: 'Copied', failed: 'Failed', overdue: 'Overdue' };

// ---- elements and text

/** An element; text and nodes go in as they are, never as HTML. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  return fill(element, ...children);
}

function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function bytes(count) {
  if (count < 1000) return `${count} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = count, unit = -1;
  while (value >= 999.5 && unit < units.length - 1) { value /= 1000; unit++; }
  return `${value < 99.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${units[unit]}`;
}

function span(ms) {
  const s = Math.round(Math.abs(ms) / 1000);
  if (s < 60) return `${s} s`;
  if (s < 7_200) return `${Math.round(s / 60)} min`;
  return s < 172_800 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86_400)} days`;
}

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
const length = (s) => (s < 60 ? `${s} s` : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')} min`);

let clock = 0;
const now = () => Date.now() + clock;
const until = (time) => Date.parse(time) - now();
const ago = (time) => (until(time) > -1500 ? 'just now' : `${span(until(time))} ago`);
const local = (time) => new Date(time).toLocaleString();

/** JSON that keeps the digits of its numbers, where the browser can. */
function parseExactly(text) {
  const exact = (key, value, context) =>
    typeof value === 'number' && JSON.rawJSON && context?.source ? JSON.rawJSON(context.source) : value;
  return JSON.parse(text, exact);
}

// ---- calls

class Failure extends Error {
  constructor(title, text, { status = 0, retryAfter = 0 } = {}) {
    super(text);
    Object.assign(this, { title, status, retryAfter });
  }
}

let key = '';
try { key = sessionStorage.getItem('courier-key') ?? ''; } catch { /* then it lives as long as the page */ }

function useKey(text) {
  key = text;
  try { sessionStorage.setItem('courier-key', text); } catch { /* the same */ }
}

async function call(path, { method = 'GET', body, exact = false } = {}) {
  const headers = { accept: 'application/json' };
  if (key) headers['x-functions-key'] = key;
  let response, text;
  try {
    const signal = AbortSignal.timeout(method === 'GET' && !path.startsWith('/api/diagnose') ? PATIENCE : 10 * PATIENCE);
    response = await fetch(path, { method, body, headers, signal, cache: 'no-store', credentials: 'same-origin' });
    text = await response.text();
  } catch (e) {
    if (e.name === 'TimeoutError') {
      throw new Failure('The function app does not respond in time', `Nothing came from ${path.split('?')[0]} in ${span(PATIENCE)}: the function app or its storage is slow. The page keeps trying.`);
    }
    throw new Failure('The function app cannot be reached',
      'It may be restarting, or this device is offline. The page keeps trying.');
  }
  const status = response.status;
  let json = null;
  try { json = text ? (exact ? parseExactly : JSON.parse)(text) : null; } catch { /* a page of something in between */ }
  if (response.ok && json) return json;
  const retryAfter = Number(response.headers.get('retry-after')) * 1000 || 0;
  if (status === 401) throw new Failure('A key is needed', 'The function app wants a key for this.', { status });
  if (json?.detail) throw new Failure(`The call failed (${status})`, String(json.detail), { status, retryAfter });
  if (status === 500 && !text) {
    throw new Failure('The function app is restarting', 'It returned 500 without a body, which it does while its handler restarts. The page keeps trying.', { status });
  }
  if (status === 403) {
    throw new Failure('Access denied (403)', 'Something in front of the function app refused the call: see its access restrictions, or sign in again by loading the page again.', { status });
  }
  if (response.ok) {
    throw new Failure('This is not the function app\'s response', `Something in between returned a page for ${path} instead of data: sign in there, then load this page again.`, { status });
  }
  throw new Failure(`The function app does not respond (${status})`, 'It is stopped, restarting, or not deployed. The page keeps trying.', { status, retryAfter });
}

const jobPath = (id) => `/api/jobs?id=${encodeURIComponent(id)}`;

async function find(id, options) {
  const list = await call(jobPath(id), options);
  return list.jobs?.[0] ?? null;
}

// ---- the list of jobs

const rows = new Map();
let limit = STEP, listed = [], changedUntil = 0;

const keyOf = (job) => job.jobId ?? job.messageId ?? '';

function row() {
  const link = el('a', { class: 'id' }), state = el('span', { class: 'state' });
  const bar = el('progress'), amount = el('span');
  const parts = {
    link, state, bar, amount,
    line: el('div', { class: 'bar' }, bar, amount),
    what: el('p'),
    next: el('span'), looks: el('span'), left: el('span'), correlation: el('span'), when: el('span'),
  };
  parts.li = el('li', { class: 'job' },
    el('div', { class: 'head' }, link, state), parts.line, parts.what,
    el('div', { class: 'foot' }, parts.next, parts.looks, parts.left, parts.correlation, parts.when));
  return parts;
}

const shorten = (text, most = 300) => (text.length > most ? `${text.slice(0, most)}…` : text);
const correlationText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

function whatOf(job) {
  if (job.state === 'failed') return [job.reason, job.message].filter(Boolean).map(String).join(': ');
  if (job.state === 'overdue') {
    return 'Nothing was recorded for five minutes more than planned: the function app is down, its message is on sora-jobs-poison, or the records could not be written.';
  }
  if (job.state === 'copied') {
    const total = job.videos.reduce((sum, video) => sum + video.bytes, 0);
    return `${plural(job.videos.length, 'video')}, ${bytes(total)}`;
  }
  const stored = job.videos.length ? `${plural(job.videos.length, 'video')} stored so far. ` : '';
  if (job.trouble) return stored + job.trouble.message;
  return job.status && job.state === 'waiting' ? `${stored}The video service says: ${job.status}` : stored;
}

function draw(parts, job) {
  parts.job = job;
  const id = keyOf(job);
  put(parts.link, job.jobId ?? `a message that was no job (${id})`);
  parts.link.href = `#job=${encodeURIComponent(id)}`;
  parts.li.className = `job ${job.state in STATES ? job.state : ''}`;
  put(parts.state, STATES[job.state] ?? String(job.state));
  const made = job.state === 'waiting' && Number.isInteger(job.progress);
  const copied = job.state === 'copying' && job.copy;
  parts.line.hidden = !made && !copied;
  if (made) {
    bar(parts.bar, job.progress, 100, `Video of ${id} is being made`);
    put(parts.amount, `${job.progress} % made`);
  } else if (copied) {
    bar(parts.bar, job.copy.bytes, job.copy.of, `Video of ${id} is being copied`);
    put(parts.amount, job.copy.of ? `${bytes(job.copy.bytes)} of ${bytes(job.copy.of)}` : bytes(job.copy.bytes));
  }
  put(parts.what, shorten(whatOf(job)));
  put(parts.looks, job.looks ? plural(job.looks, 'look') : '');
  put(parts.correlation, job.correlationId === undefined ? '' : `correlation id ${shorten(correlationText(job.correlationId), 80)}`);
  tick(parts);
}

function bar(element, value, max, label) {
  if (max) {
    element.max = max;
    element.value = Math.min(value, max);
  } else {
    element.removeAttribute('value');
  }
  element.setAttribute('aria-label', label);
}

/** A job that waits as before is recorded once a minute: until then its next look has been made, most likely. */
const isDue = (job) => job.nextLookAt !== undefined && until(job.nextLookAt) < -60_000;

/** What changes by itself as time goes by. */
function tick(parts) {
  const { job } = parts;
  put(parts.next, job.state === 'waiting' && job.nextLookAt
    ? until(job.nextLookAt) > 500 ? `next look in ${span(until(job.nextLookAt))}` : isDue(job) ? 'next look is due' : 'next look any moment'
    : '');
  const left = job.state !== 'copied' && job.reason !== 'expired' && job.expiresAt ? until(job.expiresAt) : NaN;
  put(parts.left, Number.isNaN(left) ? '' : left > 0 ? `${span(left)} left` : 'expired at the service');
  parts.left.className = left < 7_200_000 ? 'urgent' : '';
  put(parts.when, job.changedAt ? ago(job.changedAt) : '');
}

function matches(job, text) {
  const fields = [job.jobId, job.messageId, job.correlationId === undefined ? '' : correlationText(job.correlationId),
    ...job.videos.map((video) => video.generationId)];
  return fields.some((field) => field && String(field).toLowerCase().includes(text));
}

function showJobs() {
  const text = $('search').value.trim().toLowerCase();
  const jobs = text ? listed.filter((job) => matches(job, text)) : listed;
  const list = $('jobs'), kept = new Set();
  let place = list.firstElementChild;
  for (const job of jobs) {
    const id = keyOf(job);
    if (kept.has(id)) continue;
    kept.add(id);
    let parts = rows.get(id);
    if (!parts) rows.set(id, (parts = row()));
    const seen = JSON.stringify(job);
    if (parts.seen !== seen) {
      if (parts.job && parts.job.state !== job.state && (job.state === 'copied' || job.state === 'failed')) {
        put($('spoken'), `${id}: ${STATES[job.state]}`);
      }
      parts.seen = seen;
      draw(parts, job);
    }
    if (parts.li === place) place = place.nextElementSibling;
    else list.insertBefore(parts.li, place);
  }
  for (const [id, parts] of rows) {
    if (!kept.has(id)) {
      parts.li.remove();
      rows.delete(id);
    }
  }
  const filtered = text || $('state').value;
  put($('count'), jobs.length === 0 ? '' : `${plural(jobs.length, 'job')}${more() ? ', the newest' : ''}`);
  $('more').hidden = !more() || limit >= MAX_JOBS;
  if (jobs.length > 0) $('jobs-empty').hidden = true;
  else if (filtered) {
    empty('jobs-empty', 'No job like that among those listed.', text
      ? 'Find looks for exactly this id among all jobs; a part of an id is searched in the list only.'
      : 'Choose another state above.');
  } else {
    empty('jobs-empty', 'No jobs yet.', 'Enqueue the id of a job that the video API gave you: each of its videos comes into your storage as soon as it is done.');
  }
}

let next = null;
const more = () => next !== null;

function empty(id, title, text) {
  $(id).hidden = false;
  $(id).replaceChildren(el('p', {}, el('strong', {}, title)), el('p', { class: 'quiet' }, text));
}

function take(list) {
  // The server's time comes in whole seconds: what differs by less is the same, or countdowns would jump.
  const other = list.serverTime ? Date.parse(list.serverTime) + 500 - Date.now() : 0;
  if (Math.abs(other - clock) > 1_500) clock = other;
  listed = (list.jobs ?? []).map((job) => ({ ...job, videos: job.videos ?? [] }));
  next = list.next ?? null;
}

// ---- the wall of videos

const wall = new Map();
let copiedKnown = '', copied = [], copiedLimit = 24, copiedMore = false;

const link = (id, download) => call(`/api/videos/${encodeURIComponent(id)}${download ? '?download=true' : ''}`);

/** Gives a player its link when it is scrolled to, and a new one when that has expired. */
function player(video) {
  const element = el('video', { controls: true, playsinline: true, preload: 'metadata', 'aria-label': `Video ${video.generationId}` });
  const said = el('p', { class: 'quiet', role: 'status' });
  let expires = 0, asked = 0, wanted = false;
  /** Beside the video, where the server has made one; else its first frame is shown. */
  async function poster() {
    try {
      element.poster = (await call(`/api/videos/${encodeURIComponent(video.generationId)}/thumbnail`)).url;
    } catch { /* the first frame will do */ }
  }
  async function load() {
    if (Date.now() - asked < 5_000) return;
    asked = Date.now();
    const at = element.currentTime, playing = wanted;
    try {
      const got = await link(video.generationId);
      expires = Date.parse(got.expiresAt);
      element.src = got.url;
      if (at) element.currentTime = at;
      if (playing) await element.play();
      put(said, '');
    } catch (e) {
      if (e instanceof Failure) put(said, e.message);
    }
  }
  element.addEventListener('play', () => {
    wanted = true;
    if (now() > expires - 2_000) load();
  });
  element.addEventListener('pause', () => { wanted = element.error !== null && wanted; });
  element.addEventListener('error', () => {
    if (now() > expires - 2_000 || Date.now() - asked > 5_000) load();
    else put(said, 'It cannot be played here: this browser does not know its format, or cannot reach the storage. Try the download.');
  });
  new IntersectionObserver((entries, observer) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      observer.disconnect();
      if (video.thumbnailUrl) poster();
      load();
    }
  }, { rootMargin: '200px' }).observe(element);
  return [element, said];
}

function videoCard(job, video) {
  const [element, said] = player(video);
  const size = [video.width && video.height ? `${video.width} × ${video.height}` : '', video.seconds ? length(video.seconds) : '', bytes(video.bytes)];
  return el('li', { class: 'video' }, element, el('div', { class: 'text' },
    el('a', { class: 'id', href: `#job=${encodeURIComponent(keyOf(job))}` }, video.generationId),
    el('p', { class: 'quiet' }, size.filter(Boolean).join(' · ')),
    el('div', { class: 'row' }, ...videoButtons(video, said)), said));
}

function videoButtons(video, said) {
  const download = el('button', { type: 'button', class: 'plain', 'aria-label': `Download ${video.generationId}` }, 'Download');
  download.addEventListener('click', () => acting(download, said, async () => {
    location.assign((await link(video.generationId, true)).url);
    return '';
  }));
  const copy = el('button', { type: 'button', class: 'plain', 'aria-label': `Copy URL of ${video.generationId}` }, 'Copy URL');
  copy.addEventListener('click', () => acting(copy, said, async () => {
    try {
      await navigator.clipboard.writeText(video.blobUrl);
    } catch {
      return `The browser does not allow copying; the URL is ${video.blobUrl}`;
    }
    return 'The blob\'s URL is copied. Anyone who opens it needs the right to read the blob.';
  }));
  return [download, copy];
}

/** Runs an action of a button, which rests meanwhile, and says what came of it. */
async function acting(button, said, action) {
  button.disabled = true;
  try {
    put(said, await action());
  } catch (e) {
    if (e.status === 401) askKey();
    put(said, e instanceof Failure ? `${e.title}: ${e.message}` : String(e));
    if (!e.status) refresh();
  } finally {
    button.disabled = false;
    if (document.activeElement === document.body) button.focus();
  }
}

async function refreshVideos() {
  const done = JSON.stringify(listed.filter((job) => job.videos.length > 0).map((job) => [keyOf(job), job.videos.length]));
  if (done !== copiedKnown || copied.length === 0) {
    const list = await call(`/api/jobs?state=copied&limit=${copiedLimit}`);
    copied = list.jobs ?? [];
    copiedMore = Boolean(list.next);
    copiedKnown = done;
  }
  const all = [...listed.filter((job) => job.state !== 'copied'), ...copied]
    .sort((one, other) => String(other.changedAt).localeCompare(String(one.changedAt)))
    .flatMap((job) => (job.videos ?? []).map((video) => [job, video]));
  const kept = new Set(all.map(([, video]) => video.generationId));
  for (const [id, card] of wall) {
    if (!kept.has(id)) {
      card.remove();
      wall.delete(id);
    }
  }
  let place = $('videos').firstElementChild;
  for (const [job, video] of all) {
    let card = wall.get(video.generationId);
    if (!card) wall.set(video.generationId, (card = videoCard(job, video)));
    else if (card !== place && card.contains(document.activeElement)) continue;
    if (card === place) place = place.nextElementSibling;
    else $('videos').insertBefore(card, place);
  }
  $('more-videos').hidden = !copiedMore || copiedLimit >= MAX_JOBS;
  if (all.length > 0) $('videos-empty').hidden = true;
  else empty('videos-empty', 'No videos yet.', 'As soon as a job is copied, its videos play here.');
}

// ---- one job

let opened = null;

function fact(name, value) {
  return value === undefined || value === null || value === '' ? null : el('div', {}, el('dt', {}, name), el('dd', {}, value));
}

function storyOf(job) {
  const events = job.earlier?.map((past) => [past.changedAt, `Attempt ${past.attempt} ended: ${past.state}${past.reason ? `, ${past.reason}` : ''}`]) ?? [];
  events.unshift([job.firstSeenAt, 'First seen by the courier']);
  if (job.attempt > 1) events.push([null, `Attempt ${job.attempt}`]);
  if (job.status) events.push([null, `The video service says: ${job.status}${Number.isInteger(job.progress) ? `, ${job.progress} %` : ''}`]);
  if (job.trouble) events.push([job.trouble.at, `${job.trouble.source}: ${job.trouble.message}`]);
  if (job.copy) events.push([job.changedAt, `Copying ${job.copy.generationId}: ${bytes(job.copy.bytes)}${job.copy.of ? ` of ${bytes(job.copy.of)}` : ''}`]);
  for (const video of job.videos ?? []) events.push([null, `Stored ${video.generationId}, ${bytes(video.bytes)}`]);
  if (job.state === 'copied') events.push([job.changedAt, 'Copied']);
  if (job.state === 'failed') events.push([job.changedAt, `Failed: ${job.reason ?? ''}`]);
  if (job.nextLookAt && job.state === 'waiting') events.push([job.nextLookAt, 'Next look']);
  return el('ol', { class: 'story' }, ...events.map(([time, text]) =>
    el('li', {}, time ? el('time', { datetime: time, title: local(time) }, until(time) > 1500 ? `in ${span(until(time))}` : ago(time)) : el('span'), el('span', {}, text))));
}

let view = null;

/** What stays while the job changes: what the buttons have said, and the diagnosis. */
function viewOf(id) {
  const said = el('p', { class: 'quiet', role: 'status' }), why = el('div');
  const diagnose = el('button', { type: 'button', class: 'plain' }, 'Why?');
  diagnose.addEventListener('click', () => acting(diagnose, said, async () => {
    put(said, 'Requesting each location where the content may be …');
    showDiagnosis(why, await call(`/api/diagnose/${encodeURIComponent(id)}`));
    return '';
  }));
  const again = el('button', { type: 'button' }, 'Enqueue again');
  again.addEventListener('click', () => acting(again, said, async () => {
    const message = { jobId: id };
    if (view.raw.correlationId !== undefined) message.correlationId = view.raw.correlationId;
    const got = await call('/api/jobs', { method: 'POST', body: JSON.stringify(message) });
    changed();
    return got.looks > 0 ? 'It waits already, and was not enqueued a second time.' : 'Enqueued.';
  }));
  const made = {
    id, said, why, diagnose, again, actions: el('div', { class: 'row' }, diagnose, again),
    head: el('div'), story: el('div'), videos: el('div'), outcomes: el('div'), raw: null, seen: '',
  };
  put($('job-title'), id);
  fill($('job-body'), made.head, made.actions, said, why, made.story, made.videos, made.outcomes);
  return made;
}

function showJob(job, raw) {
  view.raw = raw;
  view.actions.hidden = !job.jobId;
  put(view.again, job.state in STATES ? 'Enqueue again' : 'Enqueue');
  put(view.diagnose, job.state === 'copied' ? 'Diagnose' : 'Why?');
  fill(view.head,
    el('span', { class: `state ${job.state}` }, STATES[job.state] ?? ''),
    job.message ? el('p', { class: 'notice' }, el('strong', {}, job.reason), ` ${job.message}`) : null,
    job.state === 'overdue' ? el('p', { class: 'notice' }, whatOf(job)) : null,
    el('dl', { class: 'facts' }, ...[
      fact('Looks', String(job.looks)), fact('Message id', job.messageId),
      fact('Correlation id', job.correlationId === undefined ? null : correlationText(raw.correlationId)),
      fact('Expires', job.expiresAt && `${until(job.expiresAt) > 0 ? `${span(until(job.expiresAt))} left` : ago(job.expiresAt)} (${local(job.expiresAt)})`),
    ].filter(Boolean)));
  fill(view.story, el('h3', {}, 'Story'), storyOf(job));
  const lasting = JSON.stringify([job.videos, raw.outcomes]);
  if (view.lasting !== lasting) {
    view.lasting = lasting;
    fill(view.videos, ...videosOf(job));
    fill(view.outcomes, ...outcomesOf(raw));
  }
}

function videosOf(job) {
  if (!job.videos?.length) return [];
  return [el('h3', {}, 'Videos'), el('ul', { class: 'rows' }, ...job.videos.map((video) => {
    const said = el('p', { class: 'quiet', role: 'status' });
    return el('li', {}, el('p', { class: 'id' }, video.blobUrl), el('div', { class: 'row' }, ...videoButtons(video, said)), said);
  }))];
}

function outcomesOf(raw) {
  if (!raw.outcomes?.length) return [];
  return [el('h3', {}, raw.outcomes.length === 1 ? 'Outcome message' : 'Outcome messages'),
    ...raw.outcomes.map((outcome) => el('pre', { tabindex: 0, role: 'region', 'aria-label': 'Outcome message' }, JSON.stringify(outcome, null, 2)))];
}

function showDiagnosis(place, diagnosis) {
  const several = diagnosis.job?.generations?.length > 1;
  place.replaceChildren(
    el('h3', {}, 'Diagnosis'),
    el('p', { class: diagnosis.conclusion === 'found' ? 'notice good' : 'notice' }, el('strong', {}, diagnosis.conclusion), ` ${diagnosis.sentence}`),
    el('ul', { class: 'rows' }, ...(diagnosis.rows ?? []).map((row) => diagnosisRow(row, several))));
}

function diagnosisRow(row, several) {
  const { request, answer } = row;
  const video = several && row.generationId ? ` · ${row.generationId}` : '';
  return el('li', {},
    el('strong', {}, row.label), `${video}: ${row.verdict}`,
    request && el('p', { class: 'id' }, `${request.method} ${request.url}`),
    request?.via && el('p', { class: 'quiet' }, `from ${request.via}`),
    ...(row.redirects ?? []).map(({ status, url }) => el('p', { class: 'id' }, `${status}, Location: ${url}`)),
    el('p', {}, [answer?.status, row.explanation].filter(Boolean).join(' ')),
    ...(answer?.urls ?? []).map(({ where, url }) => el('p', { class: 'id' }, `URL in ${where}: ${url}`)),
    answer?.shape && el('details', {}, el('summary', {}, 'Structure of the JSON'),
      el('p', {}, `Of the properties in which people look for a URL these have a value: ${answer.properties.join(', ') || 'none'}`),
      el('pre', { tabindex: 0, role: 'region', 'aria-label': 'Structure of the JSON' }, JSON.stringify(answer.shape, null, 2))));
}

async function refreshJob() {
  if (opened === null) return;
  const id = opened, entry = listed.find((job) => keyOf(job) === id);
  if (view?.id !== id || !$('job').open) view = viewOf(id);
  if (entry && view.seen === JSON.stringify(entry)) return;
  if (entry && !entry.jobId) {
    put($('job-title'), 'A message that was no job');
    showJob(entry, entry);
  } else {
    await showFound(id);
  }
  if (opened !== id) return;
  view.seen = entry ? JSON.stringify(entry) : '';
  if (!$('job').open) $('job').showModal();
}

async function showFound(id) {
  let raw;
  try {
    raw = await find(id, { exact: true });
  } catch (e) {
    if (e.status !== 400 && e.status !== 404) throw e;
    fill(view.head, el('p', { class: 'notice' }, e.message));
    view.actions.hidden = e.status === 400;
    view.raw = {};
    return;
  }
  if (opened !== id) return;
  if (raw) {
    showJob(JSON.parse(JSON.stringify(raw)), raw);
  } else {
    showJob({ jobId: id, state: '', looks: 0 }, {});
    fill(view.head, el('p', { class: 'notice' }, 'No job of this id was enqueued here, or its record has been removed. See that the id is whole, or enqueue it.'));
    fill(view.story);
  }
}

// ---- health

let counted = null;

/** Of the jobs in the list where it has all, which is newer than what health has counted. */
function counts() {
  if (next !== null || $('state').value || !counted.jobs) return counted.jobs;
  const of = (state, due) => listed.filter((job) => job.state === state && (due === undefined || due === isDue(job))).length;
  return { waiting: of('waiting', false), due: of('waiting', true), inProgress: of('copying'), overdue: of('overdue') };
}

function showCounts() {
  if (counted === null) return;
  const { queues = {} } = counted, jobs = counts();
  const items = jobs
    ? [['waiting', jobs.waiting], ['due now', jobs.due], ['in progress', jobs.inProgress], ['overdue', jobs.overdue, true]]
    : [['on sora-jobs', queues.messages]];
  items.push(['poisoned', queues.poisoned, true]);
  const shown = JSON.stringify(items);
  if ($('health').dataset.shown === shown) return;
  $('health').dataset.shown = shown;
  fill($('health'), ...items.map(([name, value, alarm]) => el('li', { class: alarm && value > 0 ? 'alarm' : '' },
    el('strong', {}, Number.isInteger(value) ? value.toLocaleString('en') : '?'), el('span', {}, name))));
  $('health').hidden = false;
}

/** Stays, so that what is open or has the focus is so after the next call. */
const errorList = el('div');
let poisoned = 0;

async function refreshHealth() {
  const health = await call('/api/health');
  const { queues = {}, jobs = {}, lastErrors = {} } = health;
  counted = health;
  put($('about'), `${health.endpoint} → container ${health.container} · version ${health.version}`);
  showCounts();
  const errors = Object.entries(lastErrors).map(([source, error]) => el('p', {},
    el('strong', {}, source === 'service' ? 'Video service' : 'Storage'), ` ${ago(error.at)}: ${error.message} `,
    error.jobId ? el('a', { href: `#job=${encodeURIComponent(error.jobId)}` }, 'its job') : null));
  for (const unknown of [queues.messagesUnknown, queues.poisonedUnknown, jobs.unknown]) if (unknown) errors.push(el('p', {}, String(unknown)));
  if (queues.poisoned > 0) errors.push(el('p', {}, `${plural(queues.poisoned, 'message')} on sora-jobs-poison: a message gets there after five failed attempts. Enqueue its job again once the cause is fixed.`));
  if (jobs.complete === false) errors.push(el('p', { class: 'quiet' }, `Counted are the newest ${jobs.of} jobs.`));
  if (errorList.parentElement === null) $('errors').append(el('details', { class: 'card' }, el('summary', {}, 'Last errors'), errorList));
  if (queues.poisoned > poisoned) $('errors').firstElementChild.open = true;
  poisoned = queues.poisoned ?? poisoned;
  errorList.replaceChildren(...errors);
  $('errors').hidden = errors.length === 0;
}

// ---- harvest

/** What the last run found; nothing where the harvest is off. */
async function refreshHarvest() {
  const harvest = await call('/api/harvest');
  $('harvest').hidden = !harvest.enabled;
  if (!harvest.enabled) return;
  const run = harvest.runs?.[0];
  $('harvest-run').classList.toggle('urgent', Boolean(run?.problem) || until(run?.expiresAt) < 7_200_000);
  put($('harvest-run'), !run ? 'No run yet: one begins every five minutes.' : [
    `${until(run.endedAt) > -1500 ? 'Just now' : `${span(until(run.endedAt))} ago`}: ${plural(run.listed, 'job')} listed`,
    `${run.stored} stored already`, `${run.waiting} waiting`, `${run.enqueued} enqueued`, `${run.failed} failed at the service`,
    run.expiresAt ? until(run.expiresAt) > 0 ? `the most urgent expires in ${span(until(run.expiresAt))}` : 'the most urgent has expired' : null,
    run.complete === false && !run.problem ? 'the next run continues with the rest' : null,
    run.problem ? `but ${run.problem}` : null,
  ].filter(Boolean).join(', '));
  put($('harvest-said'), harvest.running ? 'A run is in progress …' : '');
  if (harvest.running) healthAt = 0;
}

const harvestNow = $('harvest-now');
harvestNow.addEventListener('click', () => acting(harvestNow, $('harvest-said'), async () => {
  await call('/api/harvest', { method: 'POST', body: '' });
  healthAt = 0;
  changed();
  return 'A run is in progress …';
}));

// ---- rhythm

let timer = 0, running = false, again = false, healthAt = 0, failures = 0;

const moving = () => Date.now() < changedUntil || listed.some((job) => job.state === 'waiting' || job.state === 'copying');

/** Something was done that shows soon: asks at once, and often for a while. */
function changed() {
  changedUntil = Date.now() + 20_000;
  refresh();
}

async function refresh() {
  clearTimeout(timer);
  if (document.hidden || $('key').open) return;
  if (running) {
    again = true;
    return;
  }
  running = true;
  let pause = SLOW;
  try {
    const state = $('state').value;
    try {
      $('tools').hidden = false;
      take(await call(`/api/jobs?limit=${limit}${state ? `&state=${state}` : ''}`));
      showJobs();
      showCounts();
      if (!$('videos-view').hidden) await refreshVideos();
    } catch (e) {
      if (e.status !== 404) throw e;
      rows.forEach((parts) => parts.li.remove());
      rows.clear();
      listed = [];
      $('tools').hidden = true;
      for (const id of ['jobs-empty', 'videos-empty']) empty(id, 'Jobs are not listed here.', e.message);
    }
    await refreshJob();
    if (Date.now() - healthAt >= (moving() ? 10_000 : SLOW - 1_000)) {
      healthAt = Date.now();
      await refreshHealth();
      await refreshHarvest();
    }
    failures = 0;
    $('trouble').hidden = true;
    pause = moving() ? FAST : SLOW;
    const open = listed.filter((job) => job.state === 'waiting' || job.state === 'copying').length;
    document.title = open ? `(${open}) Sora Courier` : 'Sora Courier';
    put($('pulse'), moving() ? 'live' : 'checked every 30 s');
    $('pulse').hidden = false;
  } catch (e) {
    pause = trouble(e);
  } finally {
    running = false;
    if (again) {
      again = false;
      pause = 0;
    }
    if (!document.hidden) timer = setTimeout(refresh, pause);
  }
}

/** Shows what failed, and answers when to try again. */
function trouble(e) {
  healthAt = 0;
  $('pulse').hidden = true;
  if (e.status === 401) {
    askKey();
    return SLOW;
  }
  if (!(e instanceof Failure)) console.error(e);
  const failure = e instanceof Failure ? e : new Failure('The page met an error', `${e}. Load the page again, and report it if it persists.`);
  showTrouble(failure.title, failure.message, 'Try now', refresh);
  return Math.min(SLOW, Math.max(failure.retryAfter, FAST * 2 ** failures++));
}

function showTrouble(title, text, action, act) {
  const shown = $('trouble');
  if (!shown.hidden && shown.firstElementChild?.textContent === title && shown.children[1]?.textContent === text) return;
  shown.replaceChildren(el('h2', {}, title), el('p', {}, text), el('div', { class: 'row' }, el('button', { type: 'button', class: 'plain', onclick: act }, action)));
  shown.hidden = false;
}

/** Whether the function app has asked for the key that is asked for, and not the reader. */
let keyWanted = false;

/** Whether the reader did not give one: then the page waits for the button. */
let keyRefused = false;

function askKey() {
  $('key-button').hidden = false;
  if ($('key').open) return;
  keyWanted = true;
  keyRefused = false;
  put($('key-why'), key ? 'The function app refused this key. See that it is whole, and of this app.' : 'This function app asks for a key with each call.');
  $('key-text').value = '';
  if ($('job').open) $('job').close();
  $('key').showModal();
}

// ---- what people do

function route() {
  const hash = location.hash.slice(1);
  const job = hash.startsWith('job=') ? hash.slice(4) : null;
  if (!$('to-jobs').hasAttribute('aria-current') && !$('to-videos').hasAttribute('aria-current')) $('to-jobs').setAttribute('aria-current', 'page');
  if (job !== null) {
    try { opened = decodeURIComponent(job); } catch { opened = job; }
    refresh();
    return;
  }
  opened = null;
  if ($('job').open) $('job').close();
  const videos = hash === 'videos';
  $('jobs-view').hidden = videos;
  $('videos-view').hidden = !videos;
  for (const [id, on] of [['to-jobs', !videos], ['to-videos', videos]]) {
    if (on) $(id).setAttribute('aria-current', 'page');
    else $(id).removeAttribute('aria-current');
  }
  copiedKnown = '';
  refresh();
}

$('job').addEventListener('close', () => {
  if (opened === null) return;
  opened = null;
  history.replaceState(null, '', $('videos-view').hidden ? '#jobs' : '#videos');
});
$('job-close').addEventListener('click', () => $('job').close());
$('job').addEventListener('click', (event) => { if (event.target === $('job')) $('job').close(); });

$('key-form').addEventListener('submit', (event) => {
  const text = $('key-text').value.trim();
  if (!/^[\x21-\x7e]+$/.test(text)) {
    event.preventDefault();
    put($('key-why'), 'This is not a whole key: it has only letters, digits and signs, and no space. Copy it again.');
    return;
  }
  useKey(text);
  $('trouble').hidden = true;
  setTimeout(refresh);
});
function cancelKey() {
  $('key-text').value = '';
  $('key').close();
}
$('key-cancel').addEventListener('click', cancelKey);
$('key').addEventListener('cancel', cancelKey);
$('key').addEventListener('close', () => {
  if ($('key-text').value) return;
  if (keyWanted) {
    keyRefused = true;
    clearTimeout(timer);
    showTrouble('A key is needed', 'Without a key of the function app nothing can be shown or enqueued.', 'Enter a key', askKey);
  } else {
    refresh();
  }
});
$('key-button').addEventListener('click', () => {
  keyWanted = false;
  put($('key-why'), 'The key that you enter replaces the one before.');
  $('key-text').value = '';
  $('key').showModal();
});

$('enqueue').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('ids').value;
  const said = $('enqueued');
  if (!text.trim()) {
    put(said, 'Type the id of a job first.');
    $('ids').focus();
    return;
  }
  const button = event.target.querySelector('button');
  put(said, 'Enqueueing …');
  acting(button, el('p'), async () => {
    try {
      const got = await call('/api/jobs', { method: 'POST', body: text });
      const results = got.results ?? [{ result: 'enqueued', job: got }];
      showEnqueued(results);
      const refused = results.filter((result) => result.result !== 'enqueued');
      const surplus = refused.reduce((sum, result) => sum + (result.left ?? 0), 0);
      const left = surplus > 0 ? text.split('\n').filter((line) => line.trim()).slice(-surplus) : [];
      $('ids').value = [...refused.map((result) => result.jobId ?? result.text).filter(Boolean), ...left].join('\n');
      grow();
      changed();
    } catch (e) {
      put(said, e instanceof Failure ? `${e.title}: ${e.message}` : String(e));
      throw e;
    }
    return '';
  });
});

/** What came of each line; of many the sum, and the lines below it. */
function showEnqueued(results) {
  const lines = el('ul', {}, ...results.map(enqueuedLine));
  if (results.length <= 5) {
    fill($('enqueued'), lines);
    return;
  }
  const done = results.filter((result) => result.result === 'enqueued').length;
  const others = results.length - done;
  fill($('enqueued'), el('details', { open: others > 0 && others <= 5 },
    el('summary', {}, `${plural(done, 'job')} enqueued${others ? `, ${others} not` : ''}`), lines));
}

function enqueuedLine({ result, job, jobId, text, detail }) {
  if (result !== 'enqueued') {
    const name = jobId ?? text ?? '', words = String(detail ?? '');
    return el('li', {}, el('strong', { class: 'state failed' }, result === 'invalid' ? 'Not a job' : 'Not enqueued'), ` ${name && !words.includes(name) ? `${name}: ` : ''}${words}`);
  }
  const id = String(job.jobId);
  const words = job.looks > 0 && job.state !== 'enqueued' ? `waits already, ${plural(job.looks, 'look')} so far` : 'enqueued';
  return el('li', {}, el('a', { class: 'id', href: `#job=${encodeURIComponent(id)}` }, id), ` ${words}`);
}

$('ids').addEventListener('input', grow);

/** As many lines as there are ids, up to ten. */
function grow() {
  $('ids').rows = Math.min(10, Math.max(1, $('ids').value.split('\n').length));
}

$('ids').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    $('enqueue').requestSubmit();
  }
});
$('state').addEventListener('change', () => {
  limit = STEP;
  refresh();
});
$('search').addEventListener('input', showJobs);
$('tools').addEventListener('submit', (event) => {
  event.preventDefault();
  const id = $('search').value.trim();
  if (id) location.hash = `#job=${encodeURIComponent(id)}`;
});
$('more').addEventListener('click', () => {
  limit = Math.min(limit + STEP, MAX_JOBS);
  refresh();
});
$('more-videos').addEventListener('click', () => {
  copiedLimit = Math.min(copiedLimit + 24, MAX_JOBS);
  copiedKnown = '';
  refresh();
});

document.addEventListener('visibilitychange', () => {
  if (document.hidden) clearTimeout(timer);
  else if (!keyRefused) refresh();
});
document.addEventListener('courier:changed', changed);
window.addEventListener('hashchange', route);
setInterval(() => { if (!document.hidden) rows.forEach(tick); }, 1_000);

$('app').hidden = false;
$('key-button').hidden = !key;
route();

// What there is only on a developer's machine; anywhere else nothing is loaded.
if (['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) import('/local/panel.js').catch(() => {});
