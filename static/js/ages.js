// Relative times tick. <time datetime data-age> within a day of now; words come from <body>.
const word = (name) => document.body.getAttribute(`data-w-span-${name}`);
const fill = (name, n, m) => word(name).replace("{n}", n).replace("{m}", m);

function span(seconds, fine) {
  if (seconds < 60) return fill("s", seconds);
  if (seconds < 3600) return fill("min", Math.floor(seconds / 60));
  const hours = Math.floor(seconds / 3600);
  const rest = Math.floor((seconds % 3600) / 60);
  return fine && rest ? fill("hm", hours, rest) : fill("h", hours);
}

function tick() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-age]")) {
    const seconds = Math.floor((now - Date.parse(time.dateTime)) / 1000);
    if (Math.abs(seconds) >= 86400) continue; // exact times do not age
    const text = seconds >= 0
      ? word("ago").replace("{span}", span(seconds, false))
      : word("in").replace("{span}", span(-seconds, true));
    if (time.textContent !== text) time.textContent = text;
  }
}

setInterval(tick, 10_000);
document.addEventListener("visibilitychange", () => document.hidden || tick());
