// Waiting parts ask again: <div id data-poll="url">, every 2 s, then slower, then they stop and
// show their "Read again". Counting goes by id, so a part that replaces itself goes on slowing.
const PAUSES = [2, 2, 2, 2, 2, 3, 3, 5, 5, 8, 8, 13, 13, 20, 20, 30]; // seconds; under 3 min in all
const asked = new Map();

function watch(part) {
  if (part.dataset.watched) return;
  part.dataset.watched = "yes";
  const turn = asked.get(part.id) ?? 0;
  if (turn >= PAUSES.length) {
    part.setAttribute("data-poll-stopped", "");
    asked.delete(part.id); // "Read again" starts over
    return;
  }
  setTimeout(() => ask(part, turn), PAUSES[turn] * 1000);
}

function ask(part, turn) {
  if (!part.isConnected) return;
  if (document.hidden) {
    document.addEventListener("visibilitychange", () => ask(part, turn), { once: true });
    return;
  }
  asked.set(part.id, turn + 1);
  const again = () => { delete part.dataset.watched; watch(part); };
  part.addEventListener("htmx:sendError", again, { once: true });
  part.addEventListener("htmx:timeout", again, { once: true });
  part.addEventListener("htmx:responseError", again, { once: true });
  htmx.ajax("GET", part.dataset.poll, { source: part, target: part, swap: "outerHTML" });
}

const watchAll = () => document.querySelectorAll("[data-poll][id]").forEach(watch);
document.addEventListener("htmx:load", watchAll);
watchAll();
