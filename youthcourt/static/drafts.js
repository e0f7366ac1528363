// Keeps what is typed into a long form: 2 seconds after a change, at the latest every 20 seconds.
const EVERY = 20_000;
const AFTER_CHANGE = 2_000;

function keepDrafts(form) {
  const state = form.querySelector("[data-draft-state]");
  const token = form.querySelector("input[name=csrf_token]").value;
  let dirty = false;
  let sent = false;
  let timer = 0;

  function values() {
    const kept = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrf_token") kept.append(name, value);
    }
    return kept;
  }

  async function keep() {
    clearTimeout(timer);
    if (!dirty || sent) return;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        headers: { "X-CSRFToken": token },
        body: values(),
        keepalive: true,
      });
      // A redirect leads to the sign-in page: the draft was not kept.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const clock = new Date().toLocaleTimeString(document.documentElement.lang, {
        hour: "2-digit",
        minute: "2-digit",
      });
      tell(form.dataset.draftKept.replace("{time}", clock));
    } catch {
      dirty = true;
      tell(form.dataset.draftFailed);
    }
  }

  // Said once, not at every keystroke: a live region that repeats itself is noise.
  function tell(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  function changed() {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER_CHANGE);
  }

  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  setInterval(keep, EVERY);
}

document.querySelectorAll("form[data-draft-url]").forEach(keepDrafts);
