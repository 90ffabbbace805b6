// Headwater's tracker: page views, visit, basket, buy and identify, sent to where it was loaded from.
// <script async src="https://cdp.example/track.js" data-write-key="…" data-consent="required"></script>
(() => {
  const script = document.currentScript;
  const url = new URL("/v1/batch", script.src).href;
  const writeKey = script.dataset.writeKey;
  const NAME = "coid";
  const USER = "coid_user";
  const CONSENT = "coid_consent";
  const YEAR = 31536000;
  const MOST_WAITING = 100;
  let waiting = [];
  let timer = 0;

  const read = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1];
  const write = (name, value, age = YEAR) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; Max-Age=${age}; Path=/; SameSite=Lax${secure}`;
  };
  const id = () => crypto.randomUUID?.() ??
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
  const isAllowed = () => script.dataset.consent !== "required" || read(CONSENT) === "yes";

  function anonymousId() {
    const known = read(NAME) || id();
    write(NAME, known);
    return known;
  }

  function add(type, fields) {
    if (!isAllowed()) return;
    const user = read(USER);
    waiting.push({
      type,
      messageId: id(),
      anonymousId: anonymousId(),
      ...(user && { userId: decodeURIComponent(user) }),
      timestamp: new Date().toISOString(),
      ...fields,
    });
    waiting = waiting.slice(-MOST_WAITING);
    clearTimeout(timer);
    timer = setTimeout(flush, 300);
  }

  // Plain text needs no preflight; what could not be sent waits for the next try.
  async function flush() {
    if (!waiting.length) return;
    const sent = waiting;
    waiting = [];
    const body = JSON.stringify({ writeKey, batch: sent, sentAt: new Date().toISOString() });
    try {
      const answer = await fetch(url, { method: "POST", body, keepalive: true, credentials: "omit" });
      if (answer.status === 429 || answer.status >= 500) throw new Error(answer.status);
    } catch {
      waiting = [...sent, ...waiting].slice(-MOST_WAITING);
      timer = setTimeout(flush, 5000);
    }
  }

  function leave() {
    if (document.visibilityState !== "hidden" || !waiting.length) return;
    const body = JSON.stringify({ writeKey, batch: waiting, sentAt: new Date().toISOString() });
    if (navigator.sendBeacon(url, body)) waiting = [];
  }

  const track = (event, properties = {}) => add("track", { event, properties });
  const page = (properties = {}) => add("page", {
    properties: { title: document.title, url: location.href, referrer: document.referrer, ...properties },
  });

  window.headwater = {
    track,
    page,
    visit: (properties) => track("visit", properties),
    basket: (properties) => track("basket", properties),
    buy: (properties) => track("buy", properties),
    identify(userId, traits = {}) {
      if (!isAllowed()) return;
      write(USER, encodeURIComponent(userId));
      add("identify", { userId: String(userId), traits });
    },
    // Signing out: what follows is somebody else's, until identified again.
    reset() {
      write(USER, "", 0);
      write(NAME, "", 0);
    },
    consent(isGiven) {
      write(CONSENT, isGiven ? "yes" : "no");
      if (isGiven) return page();
      waiting = [];
      this.reset();
      return undefined;
    },
  };
  addEventListener("visibilitychange", leave);
  page();
})();
