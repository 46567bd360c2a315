// What scripting adds to pages that work without it: GOV.UK components, and the paper following the value in hand.
import { ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink, createAll } from "./govuk-frontend.min.js";

for (const component of [ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink]) {
  createAll(component);
}

const paper = document.querySelector("[data-paper]");

function show(value) {
  for (const old of document.querySelectorAll(".mr-box--now, .mr-evidence--now")) {
    old.classList.remove("mr-box--now", "mr-evidence--now");
  }
  const places = (value.dataset.evidence ?? "").split(" ").filter(Boolean);
  const found = places.map((id) => document.getElementById(id)).filter(Boolean);
  for (const place of found) {
    place.classList.add(place.classList.contains("mr-box") ? "mr-box--now" : "mr-evidence--now");
  }
  if (found.length > 0 && paper && getComputedStyle(paper).position === "sticky") {
    const box = found[0].getBoundingClientRect();
    const frame = paper.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) {
      paper.scrollTop += box.top - frame.top - frame.height / 3;
    }
  }
}

if (paper) {
  for (const value of document.querySelectorAll("[data-evidence]")) {
    value.addEventListener("focusin", () => show(value));
    value.addEventListener("pointerenter", () => show(value));
  }
}
