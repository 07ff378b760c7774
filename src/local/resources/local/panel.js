// The console's panel of the local run: sample jobs, and switches of the simulated service.
// Served and understood by the local host only; it is no part of the function app.

const section = document.getElementById('local');
const status = element('p', { id: 'local-status', role: 'status' });
let busy = false;

/** An element with attributes and children; text goes in as text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(key, value);
    } else if (typeof value === 'boolean') {
      made.toggleAttribute(key, value);
    } else {
      made.setAttribute(key, value);
    }
  }
  made.append(...children);
  return made;
}

/** The JSON of a response, or an error whose message is a sentence for the reader. */
async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`/local/${path}`, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Error('The local run does not respond. Start it again with: mvn -Plocal');
  }
  const json = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(json.detail ?? `The local run returned ${response.status}.`);
  }
  return json;
}

function say(text, failed = false) {
  status.textContent = text;
  status.classList.toggle('local-failed', failed);
}

/** One change at a time: the controls wait, then the panel shows what there is. */
async function change(doing, work) {
  if (busy) {
    return;
  }
  busy = true;
  section.setAttribute('aria-busy', 'true');
  say(doing);
  try {
    say(await work());
  } catch (error) {
    say(error.message, true);
  } finally {
    busy = false;
    section.removeAttribute('aria-busy');
    await show().catch(() => {});
    document.dispatchEvent(new Event('courier:changed'));
  }
}

function make(count) {
  const kind = kinds.value;
  return change(count === 1 ? 'Making a job…' : `Making ${count} jobs…`, async () => {
    const { ids } = await call('POST', 'jobs', { kind, count });
    if (harvest.checked) {
      return `Made ${ids.length === 1 ? ids[0] : `${ids.length} jobs`}, and enqueued nothing: the harvest finds what is there. Press “Harvest now”, or wait five minutes.`;
    }
    return ids.length === 1 ? `Made and enqueued ${ids[0]}.` : `Made and enqueued ${ids.length} jobs.`;
  });
}

function play() {
  const name = servers.value;
  const title = servers.selectedOptions[0].textContent;
  return change(`Switching to ${title}: the function app is restarting…`, async () => {
    await call('PUT', 'server', { name });
    return `The simulated server is now ${title}. It knows none of the jobs made before.`;
  });
}

function turn(box, fault) {
  const on = box.checked;
  return change('Switching…', async () => {
    await call('PUT', 'faults', { name: fault.name, on });
    return on ? `On: ${fault.title}. Make a job, or watch those there are.` : `Off: ${fault.title}.`;
  });
}

function reap() {
  const on = harvest.checked;
  return change('Restarting the function app…', async () => {
    await call('PUT', 'harvest', { on });
    return on ? 'The harvest is on: jobs that are made here are not enqueued any more.' : 'The harvest is off: jobs that are made here are enqueued.';
  });
}

const harvest = element('input', { type: 'checkbox', role: 'switch', id: 'local-harvest', change: reap });
const kinds = element('select', { id: 'local-kind', change: limit });
const one = element('button', { type: 'button', click: () => make(1) }, 'Make one');
const twenty = element('button', { type: 'button', class: 'plain', click: () => make(20) }, 'Make twenty');
const servers = element('select', { id: 'local-server', 'aria-describedby': 'local-server-note' });
const faults = element(
  'fieldset',
  { class: 'local-faults' },
  element('legend', {}, 'What is wrong with the service'),
);

/** Folded while all is well, so that the jobs are in sight. */
const more = element(
  'details',
  { class: 'local-more' },
  element('summary', {}, 'Let the service misbehave, be another server, or be harvested'),
  faults,
  element(
    'div',
    { class: 'row local-line' },
    element('label', { for: 'local-server' }, 'Simulated server'),
    servers,
    element('button', { type: 'button', class: 'plain', click: play }, 'Switch'),
  ),
  element(
    'p',
    { class: 'quiet', id: 'local-server-note' },
    'Switching restarts the function app, which takes some seconds. The new server does not know the jobs of the one before: those still waiting end as not found.',
  ),
  element('label', { class: 'switch', for: 'local-harvest' }, harvest, element('span', {}, 'Harvest: fetch every job of the server, enqueued or not')),
);

/** A large video is made one at a time. */
function limit() {
  twenty.disabled = Number(kinds.selectedOptions[0]?.dataset.max ?? 20) < 20;
}

function options(select, list, chosen) {
  const value = chosen ?? select.value;
  select.replaceChildren(
    ...list.map((each) =>
      element('option', { value: each.name, 'data-max': String(each.max ?? '') }, each.title),
    ),
  );
  if (list.some((each) => each.name === value)) {
    select.value = value;
  }
}

/** Boxes stay the same elements, so that the keyboard's focus stays where it is. */
function boxes(list) {
  for (const fault of list) {
    const id = `local-fault-${fault.name}`;
    let box = document.getElementById(id);
    if (!box) {
      box = element('input', { type: 'checkbox', role: 'switch', id });
      box.addEventListener('change', () => turn(box, fault));
      faults.append(element('label', { class: 'switch', for: id }, box, element('span', {}, fault.title)));
    }
    box.checked = fault.on;
  }
}

/** What the local run says there is. */
async function show() {
  const state = await call('GET', 'state');
  if (!state.simulated) {
    section.hidden = true;
    return;
  }
  options(kinds, state.kinds);
  options(servers, state.servers, state.server);
  boxes(state.faults);
  harvest.checked = state.harvest;
  more.open ||= state.faults.some((fault) => fault.on);
  limit();
  section.hidden = false;
}

function build() {
  document.head.append(element('link', { rel: 'stylesheet', href: '/local/panel.css' }));
  section.classList.add('card');
  section.setAttribute('aria-labelledby', 'local-title');
  section.replaceChildren(
    element('h2', { id: 'local-title' }, 'Try it'),
    element(
      'p',
      { class: 'quiet' },
      'The video service on this machine is simulated: make jobs at it and watch them arrive, or let it misbehave and watch the courier deal with that.',
    ),
    element(
      'div',
      { class: 'row local-line' },
      element('label', { for: 'local-kind' }, 'Sample job'),
      kinds,
      one,
      twenty,
    ),
    status,
    more,
  );
}

if (section) {
  build();
  show().catch(() => {});
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !busy) {
      show().catch(() => {});
    }
  });
}
