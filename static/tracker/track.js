// Headwater's tracker: page views and what people do, sent to where this file was loaded from.
//
//   <script>window.headwater = window.headwater || [];</script>
//   <script async src="https://cdp.example/track.js" data-write-key="…"></script>
//
// data-consent="required"  nothing is stored or sent before headwater.consent(true)
// data-auto="off"          no page view by itself; call headwater.page()
// data-domain="shop.example"  one visitor on all hosts below that domain
//
// Calls made before: headwater.push(["track", "Song Played", {id: 7}]).
// A message waits in localStorage until it has arrived; sent again, it is kept once by its messageId.
(() => {
  const script = document.currentScript || document.querySelector("script[data-write-key]");
  const before = window.headwater;
  if (before?.track) return;

  const { writeKey, consent: needed, auto, domain } = script.dataset;
  const url = new URL("/v1/batch", script.src).href;
  const ID = "coid", USER = "coid_user", CONSENT = "coid_consent", QUEUE = "coid_queue";
  const YEAR = 31536000;
  const SOON = 300;
  const MOST_MESSAGES = 100, MOST_SIGNS = 500000;
  // Browsers let 64 KiB go while a page is left.
  const LARGEST_MESSAGE = 32768, LARGEST_BATCH = 60000;
  // The collector knows a message again for a week.
  const TRIED_FOR = 6 * 86400000;

  let timer = 0;
  let failures = 0;
  let isSending = false;
  let wasPageSeen = false;
  let referrer = document.referrer;
  let last = 0;
  const memory = {};
  // What is on its way is not sent once more by leaving the page.
  const handedOver = new Set();

  const read = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1];
  const write = (name, value, age = YEAR) => {
    document.cookie = `${name}=${value}; Max-Age=${age}; Path=/; SameSite=Lax` +
      (domain ? `; Domain=${domain}` : "") + (location.protocol === "https:" ? "; Secure" : "");
  };
  const isAllowed = () => {
    const said = read(CONSENT);
    return said === "yes" || (said !== "no" && needed !== "required");
  };

  const uuid = () => crypto.randomUUID?.() ??
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

  const size = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

  function anonymousId() {
    const known = read(ID) || uuid();
    write(ID, known);
    return known;
  }

  // The queue: a key for each message, so that no tab writes over another's; without localStorage
  // in memory. Beside them stands until when the collector wants peace.
  const keyOf = (entry) => `${QUEUE}.${entry.message.messageId}`;
  function put(key, value) {
    if (!isAllowed()) return;
    memory[key] = JSON.stringify(value);
    try {
      localStorage[key] = memory[key];
      delete memory[key];
    } catch { /* In memory. */ }
  }
  function drop(key) {
    delete memory[key];
    try {
      localStorage.removeItem(key);
    } catch { /* In memory. */ }
  }
  function load() {
    let all = memory;
    try {
      all = { ...localStorage, ...memory };
    } catch { /* In memory. */ }
    const entries = [];
    for (const key in all) if (key.startsWith(`${QUEUE}.`)) {
      try {
        const entry = JSON.parse(all[key]);
        if (!isAllowed() || keyOf(entry) !== key || Date.now() - entry.tried > TRIED_FOR) throw 0;
        entries.push(entry);
      } catch {
        drop(key);
      }
    }
    return { until: +all[QUEUE] || 0, entries: entries.sort((one, other) => one.at - other.at) };
  }

  function markTried(some) {
    for (const entry of some) {
      entry.tried ||= Date.now();
      put(keyOf(entry), entry);
      handedOver.add(keyOf(entry));
    }
  }

  // Return the first entries that go into one request.
  function batchOf(entries) {
    let left = LARGEST_BATCH;
    const end = entries.findIndex(({ message }) => (left -= size(message) + 1) < 0);
    return end < 0 ? entries : entries.slice(0, end);
  }

  const body = (messages) => JSON.stringify({
    writeKey, batch: messages, sentAt: new Date().toISOString(),
  });
  // As plain text it needs no preflight.
  async function post(messages) {
    const answer = await fetch(url, {
      method: "POST", body: body(messages), keepalive: true, credentials: "omit",
    });
    // Until it is read, it counts among what may be on its way.
    await answer.text();
    return answer;
  }
  // A proxy that redirects makes another request of it, which is then refused.
  const isForLater = ({ status, ok, redirected }) =>
    status === 429 || status === 408 || status >= 500 || (redirected && !ok);
  // Seconds as the collector asks for them, or longer and longer, in milliseconds.
  const pause = (answer) => 1000 * Math.min(3600,
    Number(answer?.headers.get("Retry-After")) || 5 * 2 ** Math.min(failures++, 6));

  function schedule(wait) {
    timer ||= setTimeout(() => {
      timer = 0;
      if (isSending) return schedule(SOON);
      // One tab sends at a time.
      if (!navigator.locks) return flush();
      return navigator.locks.request(QUEUE, { ifAvailable: true }, (lock) => (lock ? flush() : schedule(1000)));
    }, wait);
  }

  async function flush() {
    const { until, entries } = load();
    if (!entries.length || !isAllowed()) return;
    if (until > Date.now()) return schedule(until - Date.now());
    const some = batchOf(entries);
    markTried(some);
    isSending = true;
    const answer = await post(some.map(({ message }) => message)).catch(() => null);
    isSending = false;
    if (!answer || isForLater(answer)) {
      for (const entry of some) handedOver.delete(keyOf(entry));
      const wait = pause(answer);
      if (answer) put(QUEUE, Date.now() + wait);
      return schedule(wait);
    }
    failures = 0;
    drop(QUEUE);
    for (const entry of some) drop(keyOf(entry));
    if (load().entries.length) schedule(0);
  }

  // A beacon that was accepted may still be lost, so its messages stay and are sent once more.
  function leave() {
    const { until, entries } = load();
    if (!isAllowed() || !navigator.onLine || until > Date.now()) return;
    let left = entries.filter((entry) => !handedOver.has(keyOf(entry)));
    while (left.length) {
      const some = batchOf(left);
      if (!navigator.sendBeacon(url, body(some.map(({ message }) => message)))) return;
      markTried(some);
      left = left.slice(some.length);
    }
  }

  function made(type, fields) {
    const user = read(USER);
    return {
      type,
      messageId: uuid(),
      anonymousId: anonymousId(),
      ...(user && { userId: decodeURIComponent(user) }),
      timestamp: new Date().toISOString(),
      ...fields,
    };
  }

  function add(type, fields) {
    if (!isAllowed()) return;
    const message = made(type, fields);
    if (size(message) > LARGEST_MESSAGE) throw new Error("a message has at most 32 KiB");
    const own = { message, at: last = Math.max(last + 0.001, Date.now()) };
    put(keyOf(own), own);
    let room = MOST_SIGNS;
    load().entries.reverse().forEach((entry, place) => {
      room -= JSON.stringify(entry).length;
      if (place >= MOST_MESSAGES || room < 0) drop(keyOf(entry));
    });
    schedule(SOON);
  }

  // Taking consent back is told from memory: nothing may be stored any more.
  async function tell(message, tries = 5) {
    const answer = await post([message]).catch(() => null);
    if (tries && (!answer || isForLater(answer))) setTimeout(() => tell(message, tries - 1), pause(answer));
  }

  const track = (event, properties = {}) => add("track", { event, properties });

  function page(properties = {}) {
    wasPageSeen ||= isAllowed();
    const { title } = document, { href, pathname } = location;
    add("page", { properties: { title, url: href, path: pathname, referrer, ...properties } });
    referrer = href;
  }

  function firstPage() {
    if (auto !== "off" && !wasPageSeen) page();
  }

  // As text, null would be one person for all who are nobody.
  function named(id) {
    const text = /string|number/.test(typeof id) ? `${id}`.trim() : "";
    if (!text || text.length > 200) throw new Error("an id has 1 to 200 signs");
    return text;
  }

  function identify(userId, traits = {}) {
    if (!isAllowed()) return;
    userId = named(userId);
    write(USER, encodeURIComponent(userId));
    add("identify", { userId, traits });
  }

  // Signing out: what follows is somebody else's, until identified again.
  function reset() {
    write(USER, "", 0);
    write(ID, "", 0);
  }

  function consent(isGiven) {
    const wasAllowed = isAllowed(), said = read(CONSENT);
    if (isGiven) {
      write(CONSENT, "yes");
      if (said !== "yes") track("consent", { given: true });
      return firstPage();
    }
    const last = wasAllowed && made("track", { event: "consent", properties: { given: false } });
    reset();
    write(CONSENT, "no");
    drop(QUEUE);
    load();
    if (last) tell(last);
  }

  const calls = {
    track,
    page,
    identify,
    reset,
    consent,
    visit: (properties) => track("visit", properties),
    basket: (properties) => track("basket", properties),
    buy: (properties) => track("buy", properties),
    login(userId, properties) {
      if (userId != null && userId !== "") identify(userId);
      track("login", properties);
    },
    // The person has one more identifier; without a previous one, the visitor's.
    alias(userId, previousId) {
      if (!isAllowed()) return;
      add("alias", { userId: named(userId), previousId: named(previousId ?? anonymousId()) });
    },
  };
  // Nothing that goes wrong here may stop the page.
  const headwater = window.headwater = {
    push: (...given) => given.filter(Array.isArray).forEach(([name, ...values]) => headwater[name]?.(...values)),
  };
  for (const [name, call] of Object.entries(calls)) {
    headwater[name] = (...values) => {
      try {
        call(...values);
      } catch (failure) {
        console.warn(`headwater.${name}:`, failure.message);
      }
    };
  }

  addEventListener("online", () => {
    clearTimeout(timer);
    timer = 0;
    schedule(0);
  });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  if (Array.isArray(before)) headwater.push(...before);
  // A page that is only prepared is not seen yet.
  if (document.prerendering) document.addEventListener("prerenderingchange", firstPage, { once: true });
  else firstPage();
  if (isAllowed() && load().entries.length) schedule(SOON);
})();
