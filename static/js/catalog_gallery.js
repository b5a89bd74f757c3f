// Thumbs and variants bring their picture into view without moving the page.
const strip = document.querySelector("[data-gallery] .gallery-strip");
const thumbs = [...document.querySelectorAll("[data-gallery] .gallery-thumbs a")];
const slides = strip ? [...strip.children] : [];

function bring(slide) {
  if (!slide) return;
  strip.scrollTo({ left: slide.offsetLeft - strip.offsetLeft });
}

function mark(place) {
  thumbs.forEach((thumb, n) => (n === place ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
}

thumbs.forEach((thumb, place) => thumb.addEventListener("click", (event) => {
  event.preventDefault();
  bring(slides[place]);
}));
strip?.addEventListener("scroll", () => mark(Math.round(strip.scrollLeft / strip.clientWidth)), { passive: true });

function ofVariant(event) {
  const variant = event.target.closest?.("[data-shows]");
  if (variant) bring(slides.find((slide) => slide.dataset.source === variant.dataset.shows));
}
document.addEventListener("focusin", ofVariant);
document.addEventListener("click", ofVariant);
